import type { Passage } from '../../model/passage.ts';
import type { Line } from '../lines.ts';
import type { PartText } from '../part-text.ts';
import { cutPassages } from '../passages.ts';
import { type Columns, enclosed, type Piece } from './columns.ts';

/** What the columns are called where a passage of theirs is shown. */
const COLUMN_NAMES = { plan: '事業計画', progress: '実施状況', next: '今後の取組予定' } as const;
/** Characters of a measure's plan that stand as its heading over what was done for it. */
const TOPIC_LENGTH = 80;

/** A page of measures as passages: each column's text of each measure is one, under the measure it belongs to. */
export function columnPassages(part: PartText, columns: Columns, section: string[]): Passage[] {
  return (['plan', 'progress', 'next'] as const).flatMap((column) =>
    columns[column].flatMap((piece) => {
      const topic = column === 'plan' ? [] : [topicOf(piece, columns.plan)];
      const path = [...section, ...topic, COLUMN_NAMES[column]].filter((title) => title !== '');
      return cutPassages(
        part,
        withNumber(piece),
        () => path,
        () => false,
      );
    }),
  );
}

/** The amounts of a budget's row, which close it: 予算額, 執行額, ステータス, 前年度予算. */
const AMOUNT = '[\\d,]{4,}|[―－-]';
const BUDGET_ROW = new RegExp(
  `(?:^|(?<=[^\\d,\\s])|\\s)(${AMOUNT})\\s+(${AMOUNT})\\s+(未着手|調達中|契約済み|[―－-])\\s+(${AMOUNT})(?=\\s|$)`,
);

/** A page of figures as passages; where the columns are known, each figure says which it stands in. */
export function tablePassages(part: PartText, lines: readonly Line[], path: string[]): Passage[] {
  const named = lines.map((line) => ({ ...line, text: line.text.replace(BUDGET_ROW, nameAmounts) }));
  return cutPassages(part, named, () => path);
}

function nameAmounts(_: string, amount: string, executed: string, status: string, before: string): string {
  const yen = (text: string) => (/\d/.test(text) ? `${text}円` : text);
  return ` 予算額: ${yen(amount)}、執行額: ${yen(executed)}、ステータス: ${status}、前年度予算: ${yen(before)}。`;
}

function withNumber(piece: Piece): Line[] {
  const signs = enclosed(piece.numbers);
  return piece.lines
    .map((line, index) => (index === 0 && signs !== '' ? { ...line, text: `${signs} ${line.text}` } : line))
    .filter((line) => !/^(?:[①-⑳]\s*)?[―-]$/.test(line.text));
}

/** The beginning of the plan that a piece is about. */
function topicOf(piece: Piece, plans: readonly Piece[]): string {
  const own =
    plans.find((plan) => plan.numbers.some((number) => piece.numbers.includes(number))) ??
    (plans.length === 1 ? plans[0] : undefined);
  const text = own?.lines.map((line) => line.text).join('') ?? '';
  const sentence = text.split('。')[0] ?? '';
  return sentence.length > TOPIC_LENGTH ? `${sentence.slice(0, TOPIC_LENGTH)}…` : sentence;
}
