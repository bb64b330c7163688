import type { KnownBlock } from '@slack/web-api';
import type { Answer } from '../../model/answer.ts';
import { LIMITS } from '../limits.ts';
import type { Rendered } from './blocks.ts';
import { card } from './card.ts';
import { choiceButtons } from './choices.ts';
import { escapeText, literal, sections } from './text.ts';

/**
 * An answer as a message. `actions` are buttons of the surface that shows it, at the end; `classic` the same for
 * a workspace that refuses the newer blocks.
 */
export function answerView(
  answer: Answer,
  actions: KnownBlock[] = [],
  classic: KnownBlock[] = actions,
): Rendered {
  if (answer.kind === 'answered') {
    return card(answer, actions, classic);
  }
  const buttons = choiceButtons(answer.choices);
  return {
    ...sentence(answer.text, [...buttons, ...actions]),
    classic: sentence(answer.text, [...buttons, ...classic]).classic,
  };
}

/** Plain Japanese, with buttons below it where there are any. */
export function sentence(text: string, buttons: KnownBlock[] = []): Rendered {
  const blocks = [...sections(literal(text, 2 * LIMITS.section).split('\n')), ...buttons];
  return { blocks, classic: blocks, text: escapeText(text, LIMITS.text) };
}
