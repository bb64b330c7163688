import type { Button, KnownBlock } from '@slack/web-api';
import type { Choice } from '../../model/answer.ts';
import { LIMITS } from '../limits.ts';
import { plain, plainText } from './text.ts';

/** Action ids are unique in a message: choice:0, choice:1 … */
export const CHOICE_ACTION = /^choice:\d+$/;
export const SHARE_ACTION = 'share';

/** One button a choice; its value is the complete question that it asks. */
export function choiceButtons(choices: readonly Choice[]): KnownBlock[] {
  const shown = choices.slice(0, LIMITS.buttons);
  while (shown.reduce((sum, { ask }) => sum + ask.length, 0) > LIMITS.choiceText) {
    shown.pop();
  }
  if (shown.length === 0) {
    return [];
  }
  const elements = shown.map(
    (choice, index): Button => ({
      type: 'button',
      action_id: `choice:${index}`,
      text: plainText(choice.label, LIMITS.buttonLabel),
      value: plain(choice.ask, LIMITS.buttonValue),
    }),
  );
  return [{ type: 'actions', elements }];
}

/** The button that shows a private answer to the channel. It carries the question: Slack keeps no private message. */
export function shareButton(question: string): KnownBlock[] {
  if (question === '' || question.length > LIMITS.buttonValue) {
    return [];
  }
  const button: Button = {
    type: 'button',
    action_id: SHARE_ACTION,
    text: plainText('チャンネルに共有', LIMITS.buttonLabel),
    value: plain(question, LIMITS.buttonValue),
    style: 'primary',
  };
  return [{ type: 'actions', elements: [button] }];
}
