import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { answered } from './card.ts';

/** A long table opens with so many rows. */
const OPENING_ROWS = 10;

/** Where the reader's own branch stands in a table too long to see it at once: 群馬支部：32位　60.5％以上. */
export function withOwnRow(answer: Answer, branch: string | undefined): Answer {
  if (answer.kind !== 'answered' || answer.table === null || branch === undefined) return answer;
  const { columns, rows } = answer.table;
  const name = formatBranch(branch);
  const nameAt = columns.findIndex(({ kind }) => kind === 'text');
  const at = rows.findIndex((row) => row[nameAt]?.text === name);
  const isTold = answer.details.some(({ label }) => label === name);
  if (at < OPENING_ROWS || isTold) return answer;
  const value = (rows[at] ?? []).flatMap(({ text }, column) => (column === nameAt ? [] : [text])).join('　');
  return answered({ ...answer, details: [...answer.details, { label: name, value }], notes: [answer.note] });
}
