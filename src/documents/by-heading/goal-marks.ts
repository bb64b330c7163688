import type { DocumentForm } from '../formats/form.ts';
import { goalMarkLength, isBullet, itemMark, kpiMarkLength } from '../kpi/marks.ts';
import type { Line } from '../lines.ts';

/** ▽ 数値目標のうち…: an entry of a legend, a sign and what it stands for. */
const LEGEND_ENTRY =
  /^[「『]?([^\p{L}\p{N}\s「『」』(（)）【】〔〕・※。、,.:：-])[」』]?\s*(?:[:：=…]|\s)\s*(\S.*)$/u;
const LEGEND_TITLE = /凡例|印の意味|記号|読み方|見方|マーク/;
const IS_GOAL = /目標|KPI|指標/;
const IS_NO_GOAL = /参考|国の|全国|実績|現状|評価|達成|順調|遅れ|前年度の|ではない|未満|該当/;

/**
 * Lines whose goals stand under a mark of KPIs. Where a plan has no mark of KPIs, its goals are what it is held to. A
 * sign that the plan's own legend gives to goals is a mark as well; the legend itself is none.
 */
export function withGoalMarks(lines: readonly Line[]): Line[] {
  const { signs, entries } = legend(lines);
  const hasKpis = lines.some(({ text }) => kpiMarkLength(text) > 0);
  return lines.flatMap((line, at) => {
    if (entries.has(line.number)) return [];
    const sentence = sentenceOfKpi(lines, at);
    if (sentence !== null) return [{ ...line, text: `■KPI:${sentence}` }];
    const signed = signs.has(line.text[0] ?? '') && /^.(?:\s|$)/.test(line.text) ? 1 : 0;
    const length = signed > 0 ? signed : hasKpis ? 0 : goalMarkLength(line.text);
    return [length === 0 ? line : { ...line, text: `■KPI:${line.text.slice(length).trim()}` }];
  });
}

/** …を24.6%以上とすること(KPI)を目指す: a sentence that calls its own target a KPI. */
const CALLED_KPI = /(?:以[上下内]|とする|とすること|引き?上げること|引き?下げること)\s*[(（]\s*KPI\s*[)）]/;

/** The sentence of a line that is called a KPI, up to that word: it may begin on the line above. Null where there is none. */
function sentenceOfKpi(lines: readonly Line[], at: number): string | null {
  const line = lines[at];
  const called = line && CALLED_KPI.exec(line.text);
  if (!line || !called || kpiMarkLength(line.text) > 0) return null;
  const text = line.text.slice(0, called.index + called[0].length).replace(/\s*[(（]\s*KPI\s*[)）]$/, '');
  const above = lines[at - 1];
  const begins = text.includes('。') || line.afterBlank || above === undefined || /。$/.test(above.text);
  return `${begins ? '' : above.text}${text}`.split('。').at(-1) ?? null;
}

/** The signs that a legend gives to goals, and the numbers of its lines: entries that follow one another, or its title. */
function legend(lines: readonly Line[]): { signs: Set<string>; entries: Set<number> } {
  const signs = new Set<string>();
  const numbers = new Set<number>();
  for (let at = 0; at < lines.length; at++) {
    if (!LEGEND_TITLE.test(lines[at]?.text ?? '')) continue;
    for (const line of lines.slice(at + 1, at + 12)) {
      const [, sign, meaning = ''] = LEGEND_ENTRY.exec(line.text) ?? [];
      const isNamed = goalMarkLength(line.text) > 0 && goalMarkLength(line.text) < line.text.length;
      if (sign === undefined && !isNamed && !isContinued(line, lines)) break;
      if (sign === undefined && !isNamed) continue;
      numbers.add(line.number);
      if (sign !== undefined && !isNamed && IS_GOAL.test(meaning) && !IS_NO_GOAL.test(meaning))
        signs.add(sign);
    }
  }
  return { signs, entries: numbers };
}

/** A sentence between the title of a legend and its entries. */
function isContinued(line: Line, lines: readonly Line[]): boolean {
  const before = lines[lines.indexOf(line) - 1];
  return LEGEND_TITLE.test(before?.text ?? '') || LEGEND_TITLE.test(line.text);
}

/** A mark of KPIs that stands over a table is read with it: what follows the table is a list of KPIs only where it goes on with one. */
export function withoutTableMarks(
  lines: readonly Line[],
  { lines: all, tables }: DocumentForm,
  tabled: ReadonlySet<number>,
): Line[] {
  const at = new Map(all.map(({ number }, index) => [number, index]));
  const goesOn = (first: number) => {
    const table = tables.find(({ from, to }) => first >= from && first <= to);
    const behind = all.find(({ number }) => number > (table?.to ?? Number.POSITIVE_INFINITY));
    return (
      behind !== undefined && !behind.afterBlank && (isBullet(behind.text) || itemMark(behind.text) !== null)
    );
  };
  return lines.filter(({ number, text }) => {
    const mark = Math.max(kpiMarkLength(text), goalMarkLength(text));
    const next = all[(at.get(number) ?? -1) + 1]?.number ?? 0;
    return !(mark > 0 && mark >= text.length && tabled.has(next) && !goesOn(next));
  });
}
