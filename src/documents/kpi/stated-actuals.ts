import type { Indicator, IndicatorId } from '../../model/indicator.ts';
import type { ReferenceActual } from '../../model/kpi.ts';
import { type PartText, sourceIn } from '../part-text.ts';
import type { IndicatorNames } from './indicator-names.ts';
import { isNote, kpiMarkLength } from './marks.ts';
import { PRINTED_UNITS } from './target.ts';

/** 令和5年度末 82.9%, 令和6年度実績:60.1%, 令和7年10月診療分実績 89.7%: a year, what says that it was reached, a figure. */
const STATED =
  /(?:令和|R)\s*(元|\d{1,2})\s*(?:年度\s*(末)?|年\s*(\d{1,2})月\s*(診療分|末時点|末|時点)?)\s*(?:の|における)?\s*(実績|現在|時点|速報値)?(?:値)?\s*(?:は|[:：、])?\s*(\d[\d,]*(?:\.\d+)?)\s*(%|円|日|事業所|社|人|件)(?!\s*(?:以[上下内]|を(?:目|超)))/g;
const SETS_TARGET = /目標|見込|全国|平均|本部|計画/;

/** Figures that a plan's text gives as reached, of a known indicator and a year: of the statement that they stand in or right below. */
export function statedActuals(
  part: PartText,
  names: IndicatorNames,
  indicators: readonly Indicator[],
): ReferenceActual[] {
  const found: ReferenceActual[] = [];
  let above: IndicatorId | null = null;
  for (const { text, number } of part.lines) {
    const own = names.named(text.replace(STATED, ''), { unit: null, counter: null, deed: false });
    const note = isNote(text) || /^[(（※*]/.test(text);
    const indicator = own ?? (note ? above : null);
    if (own !== null || kpiMarkLength(text) > 0 || !note) above = own;
    const known = indicators.find(({ id }) => id === indicator);
    if (!known) continue;
    for (const match of text.matchAll(STATED)) {
      const [whole, era, end, month, when, said, digits, printedUnit] = match;
      const before = text.slice(Math.max(0, match.index - 8), match.index);
      if ((!end && !when && !said) || SETS_TARGET.test(before) || SETS_TARGET.test(whole)) continue;
      const unit = PRINTED_UNITS[printedUnit ?? ''] ?? null;
      if (unit !== known.unit && !(known.unit === '事業所' && unit === '社')) continue;
      const year = era === '元' ? 1 : Number(era);
      const fy = month !== undefined && Number(month) < 4 ? year - 1 : year;
      if (fy < 1) continue;
      found.push({
        branch: part.branch,
        fy,
        indicator: known.id,
        value: Number((digits ?? '').replaceAll(',', '')),
        unit,
        text: `${digits}${printedUnit}`.replaceAll('%', '％'),
        asOf: month === undefined ? null : `${month}月${when ?? ''}`,
        source: sourceIn(part, number),
      });
    }
  }
  return found;
}
