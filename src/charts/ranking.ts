import type { Answered, AnswerRow } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { formatSource, type Source } from '../model/source.ts';
import type { Drawing } from './drawing.ts';

/** What is computed from figures, and so is not printed in any document; the unit that it is in. */
const COMPUTED: Readonly<Record<string, string>> = { 達成率: '%', 目標との差: 'ポイント' };

/**
 * An answer's table as bars: its one column of figures over its column of names. Rows that stand there in words
 * are kept apart. Null where the table has less than two figures, several indicators, or two rows of one name.
 */
export function tableDrawing(
  { title, table, rows, note, sources }: Answered,
  { catalogue, highlight }: { catalogue: Catalogue; highlight: readonly string[] },
): Drawing | null {
  const nameAt = table?.columns.findIndex(({ kind }) => kind === 'text') ?? -1;
  const rankAt = table?.columns.findIndex(({ name }) => name === '順位') ?? -1;
  const figuresAt =
    table?.columns.flatMap(({ kind }, at) => (kind === 'number' && at !== rankAt ? [at] : [])) ?? [];
  const [figureAt = -1] = figuresAt;
  if (table === null || nameAt < 0 || figuresAt.length !== 1) return null;
  // Bars of several indicators have nothing in common, and a table of one of them may stand for another.
  if (new Set(rows.map(({ indicator }) => indicator)).size > 1) return null;
  const what = table.columns[figureAt]?.name ?? '';
  const placeOf = new Map(rows.map((row) => [formatBranch(row.branch), placeText(row, what)]));
  const all = table.rows.map((cells) => {
    const label = cells[nameAt]?.text ?? '';
    const { text = '', value = null } = cells[figureAt] ?? {};
    return { label, text, value, rank: cells[rankAt]?.text ?? '', place: placeOf.get(label) ?? '' };
  });
  const numbered = all.flatMap(({ value, ...row }) => (value === null ? [] : [{ ...row, value }]));
  const labels = numbered.map(({ label }) => label);
  if (numbered.length < 2 || new Set(all.map(({ label }) => label)).size < all.length) return null;
  const computed = COMPUTED[what];
  return {
    chart: {
      kind: 'bar',
      title,
      unit: computed ?? unitOf(rows[0], catalogue),
      series: [{ name: what, points: numbered.map(({ label, value }) => ({ label, value })) }],
    },
    labels,
    highlight,
    rows: new Map(
      numbered.map(({ label, rank, place, text }) => [
        label,
        { rank, place, figure: computed === undefined ? text : '' },
      ]),
    ),
    apart: all.filter(({ value }) => value === null),
    notes: note === null ? [] : [note],
    sources: all.every(({ place }) => place !== '') ? documentsOf(sources) : sources.map(formatSource),
  };
}

function placeText({ source, actualSource }: AnswerRow, what: string): string {
  const { page, line } = (what === '実績' && actualSource) || source;
  return `${page === null ? '' : `${page}ページ・`}${line}行目`;
}

function unitOf(row: AnswerRow | undefined, { indicators }: Catalogue): string {
  return row?.unit ?? indicators.find(({ id }) => id === row?.indicator)?.unit ?? '';
}

const TITLES_SHOWN = 3;

/** Each document once, by its title; of many, the first and how many more. */
function documentsOf(sources: readonly Source[]): string[] {
  const titles = [...new Set(sources.map(({ title }) => title))];
  if (titles.length <= TITLES_SHOWN) return titles;
  return [`${titles[0]}、ほか${titles.length - 1}資料`];
}
