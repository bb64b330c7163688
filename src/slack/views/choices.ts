import type { Button, KnownBlock } from '@slack/web-api';
import type { Choice } from '../../model/answer.ts';
import type { Query } from '../../model/query.ts';
import { buttonValue } from '../button-question.ts';
import { LIMITS } from '../limits.ts';
import { plainTextElement } from './text.ts';

/** Action ids are unique in a message: choice:0, choice:1 … */
export const CHOICE_ACTION = /^choice:\d+$/;
export const SHARE_ACTION = 'share';

/** One button a choice; its value is the query that it asks. */
export function choiceButtons(choices: readonly Choice[]): KnownBlock[] {
  const shown = choices
    .flatMap(({ label, query }) => {
      const value = buttonValue(query);
      return value === null ? [] : [{ label, value }];
    })
    .slice(0, LIMITS.buttons);
  while (shown.reduce((sum, { value }) => sum + value.length, 0) > LIMITS.choiceText) {
    shown.pop();
  }
  if (shown.length === 0) {
    return [];
  }
  const elements = shown.map(
    ({ label, value }, index): Button => ({
      type: 'button',
      action_id: `choice:${index}`,
      text: plainTextElement(label, LIMITS.buttonLabel),
      value,
    }),
  );
  return [{ type: 'actions', elements }];
}

/** The button that shows a private answer to the channel. It carries the query: Slack keeps no private message. */
export function shareButton(query: Query): KnownBlock[] {
  const value = buttonValue(query);
  if (value === null) return [];
  const button: Button = {
    type: 'button',
    action_id: SHARE_ACTION,
    text: plainTextElement('チャンネルに共有', LIMITS.buttonLabel),
    value,
    style: 'primary',
  };
  return [{ type: 'actions', elements: [button] }];
}
