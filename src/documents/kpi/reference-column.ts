import type { Indicator } from '../../model/indicator.ts';
import type { Kpi, ReferenceActual, Target } from '../../model/kpi.ts';
import type { Doubt } from '../../model/plan-document.ts';
import { type Line, notTaken } from '../lines.ts';
import { type PartText, sourceIn } from '../part-text.ts';
import type { IndicatorNames } from './indicator-names.ts';
import { isNote, kpiMarkLength } from './marks.ts';
import { PRINTED_UNITS, parseTarget } from './target.ts';

/** 具体的施策 KPI 参考：令和5年度末: a list of KPIs whose last column gives what was reached in a year before. */
const HEADING =
  /(?:KPI|指標|目標).*\s(?:[(（]?参考[)）]?\s*[:：]?\s*)?(?:令和|R)\s*(元|\d{1,2})\s*年度\s*(?:末|末?の?実績値?)$/;
/** A cell of that column: 8,301円, 2)8,301円, 1)50.8%(※1). */
const FIGURE =
  /^(?:(\d{1,2})[)）]\s*)?(\d[\d,]*(?:\.\d+)?)\s*(%|円|日|事業所|社|人|件)\s*(?:[(（]?※\d*[)）]?)?$/;
/** A cell that has no figure: the KPI is new. */
const NO_FIGURE = /^(?:(\d{1,2})[)）]\s*)?(?:【?新設】?|[-―])$/;
const ITEM = /^(\d{1,2})[)）]/;
/** What no cell of such a list is as long as: running text ends the list. */
const LONGEST_LINE = 60;

/** A row of the list: its KPIs, and then what was reached of each. */
interface ListRow {
  /** By number; one without a number is 0. */
  items: Map<number, string>;
  figures: Set<number>;
}

/**
 * Figures of a year before that a plan's list of KPIs gives beside them. In text that prints one cell after another a
 * row's KPIs come first and its figures below: a figure goes with the KPI of its own number, and with the row's only
 * one where it has none.
 */
export function referenceColumn(
  part: PartText,
  names: IndicatorNames,
  kpis: readonly Kpi[],
  indicators: readonly Indicator[],
): { actuals: ReferenceActual[]; doubts: Doubt[] } {
  const stated = kpis.flatMap(({ branch, fy, indicator, target, stated: words }) => {
    const known = indicators.find(({ id }) => id === indicator);
    return branch === part.branch && fy === part.fy && known && words
      ? [{ known, target, words: dense(words) }]
      : [];
  });
  /** The plan's KPI that an item repeats: in the same words, or in others with the same target. */
  function repeated(item: string) {
    const same = stated.filter(({ words }) => item.includes(words));
    const target = same.length > 0 ? null : parseTarget(item);
    if (target === null) return same;
    const id = names.recognise(item, target, { blockHead: null, before: null, group: null, headings: [] });
    const alike = (own: Target) => own.value === target.value && own.relative === target.relative;
    return stated.filter((own) => own.known.id === id && alike(own.target));
  }
  const actuals: ReferenceActual[] = [];
  const doubts: Doubt[] = [];
  for (const { fy, lines } of listsIn(part)) {
    for (const { line, match, item } of figuresIn(lines)) {
      const [, , digits = '', printedUnit = ''] = match;
      const unit = PRINTED_UNITS[printedUnit] ?? null;
      const [only, other] = item === null ? [] : repeated(item);
      const fits = only && (unit === only.known.unit || (unit === '社' && only.known.unit === '事業所'));
      if (!only || other || !fits) {
        const reason = 'どの指標の実績か、文から分かりません';
        doubts.push(notTaken(part.file, line, reason));
        continue;
      }
      actuals.push({
        branch: part.branch,
        fy,
        indicator: only.known.id,
        value: Number(digits.replaceAll(',', '')),
        unit,
        text: `${digits}${printedUnit}`.replaceAll('%', '％'),
        asOf: null,
        source: sourceIn(part, line.number),
      });
    }
  }
  return { actuals, doubts };
}

function listsIn(part: PartText): { fy: number; lines: Line[] }[] {
  const lists: { fy: number; lines: Line[] }[] = [];
  let open: Line[] | null = null;
  for (const line of part.lines) {
    const era = line.text.length <= LONGEST_LINE ? HEADING.exec(line.text)?.[1] : undefined;
    const fy = era === '元' ? 1 : Number(era);
    if (era !== undefined && fy < part.fy) {
      open = [];
      lists.push({ fy, lines: open });
    } else if (kpiMarkLength(line.text) > 0 || (line.text.length > LONGEST_LINE && !isNote(line.text))) {
      open = null;
    } else open?.push(line);
  }
  return lists;
}

/** Each figure with the words of the KPI that it goes with; null where the row does not tell which. */
function figuresIn(lines: readonly Line[]): { line: Line; match: RegExpExecArray; item: string | null }[] {
  const found: { line: Line; match: RegExpExecArray; item: string | null }[] = [];
  let row: ListRow = { items: new Map(), figures: new Set() };
  let words: Line[] = [];
  for (const line of lines) {
    const match = FIGURE.exec(line.text);
    const cell = match ?? NO_FIGURE.exec(line.text);
    if (!cell) {
      words.push(line);
      continue;
    }
    const number = Number(cell[1] ?? 0);
    // 1)【新設】(令和6年度からKPIとして設定) 2)8,301円: what a cell says of itself opens no row.
    const goesOn = number > Math.max(0, ...row.figures) && !words.some(({ text }) => ITEM.test(text));
    if (!goesOn && words.length > 0) row = { items: itemsIn(words), figures: new Set() };
    words = [];
    const own = row.items.get(number) ?? null;
    if (match) found.push({ line, match, item: row.figures.has(number) ? null : own });
    row.figures.add(number);
  }
  return found;
}

function itemsIn(words: readonly Line[]): Map<number, string> {
  const items = new Map<number, string>();
  let number = 0;
  for (const { text } of words) {
    const opened = ITEM.exec(text);
    if (opened) {
      // Above the first numbered KPI stands what is to be done.
      if (number === 0) items.clear();
      number = Number(opened[1]);
    }
    items.set(number, `${items.get(number) ?? ''}${dense(text)}`);
  }
  return items;
}

/** Without the marks of notes, and what ends a sentence. */
function dense(text: string): string {
  return text.replace(/[(（]※\d*[)）]|※\d*|[\s。]/g, '');
}
