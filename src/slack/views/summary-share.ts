import type { KnownBlock } from '@slack/web-api';
import type { FiscalYear } from '../../model/fiscal-year.ts';
import { LIMITS } from '../limits.ts';
import { plainTextElement } from './text.ts';

export const SUMMARY_SHARE_ACTION = 'summary:share';

/** Shows the summary to the channel. It carries what the summary is of: Slack keeps no private message. */
export function summaryShareButton(of: { branch: string; fy: FiscalYear }): KnownBlock[] {
  return [
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: SUMMARY_SHARE_ACTION,
          text: plainTextElement('チャンネルに共有', LIMITS.buttonLabel),
          value: JSON.stringify(of),
          style: 'primary',
        },
      ],
    },
  ];
}
