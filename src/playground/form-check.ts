import type { SentBlock } from './message.ts';
import { controlsOf, type SlackControl, type StateValues } from './slack-view.ts';

/** What keeps a person from sending a form, as Slack's own client tells them under the field. */
export interface FieldProblem {
  blockId: string;
  label: string;
  /** required: nothing was put in; invalid: what was put in does not fit. */
  kind: 'required' | 'invalid';
  sentence: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const TEXT_LIMIT = 3000;

export function fieldProblems(blocks: SentBlock[], values: StateValues): FieldProblem[] {
  return blocks
    .filter((block) => block.type === 'input')
    .flatMap((block): FieldProblem[] => {
      const [control] = controlsOf(block);
      if (!control) return [];
      const blockId = block.block_id ?? '';
      const held = heldIn(values[blockId]?.[control.action_id ?? '']);
      const label = (block.label as { text: string }).text;
      if (isEmpty(held)) {
        if (block.optional === true) return [];
        return [{ blockId, label, kind: 'required', sentence: 'この項目は入力が必要です。' }];
      }
      const sentence = misfit(control, held);
      return sentence === null ? [] : [{ blockId, label, kind: 'invalid', sentence }];
    });
}

function heldIn(entry: Record<string, unknown> | undefined): unknown {
  const { type: _type, ...content } = entry ?? {};
  return Object.values(content)[0];
}

function isEmpty(held: unknown): boolean {
  if (Array.isArray(held)) return held.length === 0;
  return held === null || held === undefined || (typeof held === 'string' && held.trim() === '');
}

/** Why a typed text does not fit its field; null where it does. Pickers offer nothing that does not fit. */
function misfit(control: SlackControl, held: unknown): string | null {
  if (typeof held !== 'string') return null;
  switch (control.type) {
    case 'plain_text_input':
      return wrongLength(control, held);
    case 'number_input':
      return wrongNumber(control, held);
    case 'email_text_input':
      return EMAIL.test(held) ? null : '有効なメールアドレスを入力してください。';
    case 'url_text_input':
      return URL.canParse(held) ? null : '有効なURLを入力してください。';
    default:
      return null;
  }
}

function wrongLength(control: SlackControl, text: string): string | null {
  const least = numberOf(control.min_length) ?? 0;
  const most = numberOf(control.max_length) ?? TEXT_LIMIT;
  if (text.length < least) return `${least}文字以上で入力してください。`;
  return text.length > most ? `${most}文字以内で入力してください。` : null;
}

function wrongNumber(control: SlackControl, text: string): string | null {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return '数値を入力してください。';
  if (control.is_decimal_allowed !== true && text.includes('.')) return '整数を入力してください。';
  const [least, most] = [numberOf(control.min_value), numberOf(control.max_value)];
  if (least !== null && Number(text) < least) return `${least}以上の数値を入力してください。`;
  return most !== null && Number(text) > most ? `${most}以下の数値を入力してください。` : null;
}

function numberOf(value: unknown): number | null {
  return value === undefined || value === null ? null : Number(value);
}
