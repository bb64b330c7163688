import { type IndicatorId, isOther } from '../../model/indicator.ts';
import type { Doubt } from '../../model/plan-document.ts';
import { notTaken } from '../lines.ts';
import type { PartText } from '../part-text.ts';
import type { IndicatorNames } from './indicator-names.ts';
import { isOtherGoal } from './marks.ts';
import { findUnmarked, type Statement } from './statements.ts';
import { parseTarget } from './target.ts';

/** A target is set here: 56.6%以上, 前年度以下. */
const SETS_TARGET = /(?:\d(?:%|事業所|社|件|円|日|人)?|前年度)以[上下]/;
/** It is set, not told of: 以上とする, 以上を目指す, or nothing behind it. */
const IS_SET = /以[上下](?:\([^)]*\))?(?:と(?:する|します)|に(?:する|します)|を目(?:指|標)|$)/;
/** A sentence may begin so many lines above its target. */
const ABOVE = 3;
const BELOW = 3;
/** Lines that a statement that was taken most often covers. */
const REST = [0, 1, 2] as const;

/**
 * Sentences that name an indicator of the catalogue and set its target, where the plan gives no row for it: they
 * carry no KPI mark, so that a reader should say whether they are KPIs. Each indicator once, at its first place.
 */
export function leftOut(
  part: PartText,
  names: IndicatorNames,
  statements: readonly Statement[],
  taken: ReadonlySet<IndicatorId>,
): Doubt[] {
  const doubts = new Map<IndicatorId, Doubt>();
  const read = new Set(statements.flatMap(({ index }) => REST.map((below) => index + below)));
  for (const [index, line] of part.lines.entries()) {
    if (read.has(index) || !line.text.includes('以') || isOtherGoal(line.text)) continue;
    if (!SETS_TARGET.test(line.text.replace(/\s+/g, ''))) continue;
    const start = Math.max(0, index - ABOVE);
    for (const statement of findUnmarked(part.lines.slice(start, index + BELOW), names.accepts)) {
      const target = parseTarget(statement.text);
      if (!target || target.op === 'do' || !IS_SET.test(statement.text)) continue;
      const headings = part.sectionAt(start + statement.index);
      const indicator = names.recognise(statement.text, target, {
        blockHead: null,
        before: null,
        group: null,
        headings,
      });
      if (indicator === null || isOther(indicator) || taken.has(indicator) || doubts.has(indicator)) continue;
      const { line: number, text } = statement;
      doubts.set(indicator, notTaken(part.file, { number, text }, 'KPIの印がない目標です'));
    }
  }
  return [...doubts.values()];
}
