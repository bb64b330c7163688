import type { KnownBlock } from '@slack/web-api';
import type { Answer } from '../../model/answer.ts';
import { LIMITS } from '../limits.ts';
import type { Rendered } from './blocks.ts';
import { card } from './card.ts';
import { choiceButtons } from './choices.ts';
import { escapeText, literal, sections } from './text.ts';

/** An answer as a message. `actions` are buttons of the surface that shows it, at the end. */
export function answerView(answer: Answer, actions: KnownBlock[] = []): Rendered {
  return answer.kind === 'answered'
    ? card(answer, actions)
    : sentence(answer.text, [...choiceButtons(answer.choices), ...actions]);
}

/** Plain Japanese, with buttons below it where there are any. */
export function sentence(text: string, buttons: KnownBlock[] = []): Rendered {
  const blocks = [...sections(literal(text, 2 * LIMITS.section).split('\n')), ...buttons];
  return { blocks, classic: blocks, text: escapeText(text, LIMITS.text) };
}
