import { itemMark, kpiMarkLength } from './marks.ts';
import type { Accepts } from './statements.ts';
import { parseTarget } from './target.ts';

/** Where one sentence may end and a second KPI begin: とするとともに、 · とし、 · 。 · 80.0%以上、 · 56.0%以上に高め、 */
const SEAMS =
  /とする(?=とともに、)|とし(?=、)|。(?![)）」])|以[上下内](?:\([^()]*\))?(?:[にへ](?:高め|引き?上げ|引き?下げ|伸ばし|増やし|抑え))?(?=[、／])/g;
const JOINT = /^(?:とともに、?|[、／。])/;
/** What restricts the KPI before it states none of its own. */
const RESTRICTS =
  /^(?:かつ|且つ|及び|ただし|但し|なお|また、?前年度|前年度において|(?:一般競争)?入札|[(（※])/;
/** Later items that markup or a wide page left on the line of the first: ①…とする ②…とする. */
const INLINE_ITEM = /(?:(?<=[。)）とる上下%])\s*|(?<!\s)\s+)(?=(?:[②-⑳]|\(?[2-9]\s*[)）])\s*\S)/;

/** 査定率、査定額とも対前年度以上とする: the target of each. */
const OF_EACH =
  /^(?:令和\d+年度(?:は|も)、?)?([^、。]{2,40})(?:、|及び)([^、。]{2,40}?)(?:とも|いずれも)に?、?(.+)$/;

/** The KPIs of one statement: each clause that names an indicator and sets a target of its own. */
export function splitClauses(text: string, accepts: Accepts): string[] {
  const [, one, other, set] = OF_EACH.exec(text) ?? [];
  if (one !== undefined && other !== undefined) {
    const each = [`${one}を${set}`, `${other}を${set}`];
    const isStated = (clause: string) => {
      const target = parseTarget(clause);
      return target !== null && accepts(clause, target);
    };
    if (each.every(isStated)) return each;
  }
  const clauses: string[] = [];
  let start = 0;
  for (const seam of text.matchAll(SEAMS)) {
    const end = seam.index + seam[0].length;
    const left = text.slice(start, end);
    const right = text.slice(end).replace(JOINT, '');
    const target = parseTarget(right);
    if (!target || RESTRICTS.test(right) || !parseTarget(left) || !accepts(right, target)) continue;
    clauses.push(left);
    start = text.length - right.length;
  }
  return [...clauses, text.slice(start)];
}

/** The items of a KPI list that stand on one line. */
export function splitItems(text: string): string[] {
  if (kpiMarkLength(text) === 0 && itemMark(text) === null) return [text];
  const pieces = text.split(INLINE_ITEM);
  return pieces.every((piece) => parseTarget(piece.replace(/\s+/g, '')) !== null) ? pieces : [text];
}
