import type { TableOutcome } from '../../reporting/shared-table.ts';
import type { Rendered } from './blocks.ts';
import { fit } from './fit.ts';
import { bold, escapeText, literal, sections } from './text.ts';

const SHOWN = 60;
const LINE = 300;

const TITLES: Record<TableOutcome['kind'], string> = {
  imported: 'を取り込みました',
  bad: 'は取り込めませんでした。何も変えていません',
  refused: 'は取り込めませんでした。何も変えていません',
};

/** What came of a table, line by line. */
export function tableReport(file: string, outcome: TableOutcome): Rendered {
  const lines = outcome.kind === 'refused' ? [outcome.why] : outcome.lines;
  const left = lines.length - SHOWN;
  const shown = [...lines.slice(0, SHOWN), ...(left > 0 ? [`ほか${left}行`] : [])];
  const title = `${file}${TITLES[outcome.kind]}`;
  const blocks = fit([
    { essential: true, blocks: sections([bold(title, LINE)]) },
    { essential: false, blocks: sections(shown.map((line) => literal(line, LINE))) },
  ]);
  return { blocks, classic: blocks, text: escapeText([title, ...shown].join('\n'), 3_000) };
}
