import { formatNumber } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Passage } from '../model/passage.ts';
import type { Query } from '../model/query.ts';
import { answered } from './card.ts';
import type { KpiPool } from './kpi-facts.ts';
import { plannedOf } from './planned-counts.ts';
import { type Sources, shortNameOf } from './sources.ts';

/** Passages of the branch's plans that are looked at. */
const LOOKED_AT = 30;
/** Lines between an indicator's row and a remark that belongs to it: （参考：令和2年11月末現在 767事業所）. */
const NEAR = 3;
const FIGURE = /\d[\d,.]*\s*(?:%|ポイント|事業所|社|件|円|人|機関)/;

/**
 * A figure of a year that has no row may stand in a sentence of another year's plan, beside the indicator's own
 * row: it is quoted with its place, and nothing is worked out from it. Null where there is none.
 */
export function quoteFigure(query: Query, branch: string, pool: KpiPool, sources: Sources): Answer | null {
  const [fy, other] = query.scope.fys;
  const [indicator] = query.indicators;
  if (fy === undefined || other !== undefined || indicator === undefined) return null;
  const rows = pool.all.filter((kpi) => kpi.branch === branch && kpi.indicator === indicator);
  const { months } = query.scope;
  const isAsked = (line: string) =>
    yearIn(fy).test(line) && (months.length === 0 || months.some((month) => line.includes(`${month}月`)));
  const name = shortNameOf(sources.catalogue, indicator);
  const found = rows.flatMap((row) => {
    const text = `${row.stated ?? name} ${row.target.text}`;
    const hits = sources.passages.search({ text, branches: [branch], fys: [row.fy], limit: LOOKED_AT });
    return hits
      .filter(
        ({ passage: { file, from, to } }) =>
          file === row.source.file && from <= row.source.line && row.source.line <= to,
      )
      .flatMap(({ passage, score }) =>
        remarksOf(passage, row)
          .filter((line) => FIGURE.test(line) && isAsked(line))
          .map((line) => ({ passage, text: line, line: row.source.line, score })),
      );
  });
  const [first] = found;
  if (first === undefined) return null;
  const { passage, text, line, score } = first;
  return answered({
    topic: 'passage',
    title: `${formatBranch(branch)} ${formatFiscalYear(fy)} ${name}`,
    headline: '計画の文に次の記載があります。',
    lines: [`「${text.trim()}」（${line}行目）`],
    notes: [
      `${formatFiscalYear(passage.fy)}の計画の文からの引用です。${formatFiscalYear(fy)}の計画そのものではありません。`,
    ],
    passages: [
      {
        file: passage.file,
        title: passage.title,
        section: passage.section,
        from: line,
        to: line,
        text: text.trim(),
        words: [],
        score,
      },
    ],
    sources: [{ file: passage.file, line, page: passage.page, title: passage.title }],
  });
}

/** A rate that a plan's text expects though its KPIs have none for it: 被扶養者 特定保健指導 実施率 11.0％. */
export function quotePlanned(query: Query, branch: string, pool: KpiPool, sources: Sources): Answer | null {
  const { indicators, scope, columns, compute } = query;
  if (columns.includes('actual') || compute !== null || query.filter.length > 0) return null;
  if (pool.all.some((kpi) => kpi.branch === branch && indicators.includes(kpi.indicator))) return null;
  const found = plannedOf(branch, scope.fys, sources).filter(
    ({ indicator, rate }) => indicators.includes(indicator) && rate !== null,
  );
  const [first, ...others] = found;
  if (first === undefined || (others.length > 0 && !query.sure)) return null;
  const name = shortNameOf(sources.catalogue, first.indicator);
  return answered({
    topic: 'passage',
    title: `${formatBranch(branch)} ${formatFiscalYear(first.fy)} ${name}`,
    headline: `KPIにはありませんが、計画の文に見込みが書かれています：実施率 ${(first.rate ?? '').replace('%', '％')}（見込者数 ${formatNumber(first.expected)}人）`,
    notes: ['計画の文にある見込みで、KPIの目標ではありません。'],
    sources: [first.source],
    passages: [
      {
        file: first.source.file,
        title: first.source.title,
        section: [],
        from: first.source.line,
        to: first.source.line,
        text: `${name} ${first.rate ?? ''}`,
        words: [],
        score: 1,
      },
    ],
  });
}

/** 令和2年度, 令和 2年 11月末, 2年度, R2. */
function yearIn(fy: FiscalYear): RegExp {
  return new RegExp(`(?:令和|R)\\s*${fy}\\s*年?(?!\\d)|(?<!\\d)${fy}\\s*年度`);
}

/** The line of a row, and those behind it that state no other target. */
function remarksOf({ text }: Passage, { target }: Kpi): string[] {
  const lines = text.normalize('NFKC').split('\n');
  const value =
    target.value === null
      ? target.text.normalize('NFKC')
      : target.text.normalize('NFKC').replace(/[^\d.,].*$/, '');
  const at = lines.findIndex((line) => value !== '' && line.includes(value));
  if (at < 0) return [];
  const behind = lines.slice(at + 1, at + 1 + NEAR);
  const next = behind.findIndex((line) => /とする|KPI|^\s*[①-⑳]|^\s*\d+[)）.]/.test(line));
  return [lines[at] ?? '', ...(next < 0 ? behind : behind.slice(0, next))];
}
