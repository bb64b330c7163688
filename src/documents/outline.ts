import { itemMark, kpiMarkLength } from './kpi/marks.ts';
import type { Line } from './lines.ts';

/** A heading is a short noun phrase; a sentence that goes on over the line is none. */
const MAX_HEADING = 48;
const SENTENCE_END =
  /[。、，のをがにとはでもや]$|(?:する|ます|した|いる|ある|なる|図る|行う|努める|進める|高い|こと|よう|とし|への|及び|から)$/;
/** ○ and 【】 open items as well as headings: only what is named like a measure is a heading. */
const SIGNED = /^([○〇●◎◆■□]|[【《＜<])\s*(.+)$/;
/** 3 コラボヘルスの推進: a number that only a space parts from the name. */
const BARE_NUMBER = /^(\d{1,2})\s+(\D.+)$/;
const MAX_SIGNED = 36;
const NAMES_A_MEASURE =
  /(?:向上|推進|強化|促進|徹底|実施|適正化|取組|取り組み|確保|整備|活用|充実|発信|周知|運用|改革|議論|検証|アプローチ|対策|拡大|育成|遵守|管理|理解)(?:等|について)?[】》＞>]?$/;
/** A piece of a KPI statement: an indicator with its particle, or the target itself. */
const TARGET = /以[上下]とする|\d%|(?:率|割合|数|額)(?:\([^)]*\))*(?:を|について|に占める)/;
/** A clause goes on behind its comma, or something is done to it: the item is a sentence that the line cuts. */
const RUNNING_TEXT = /(?:つつ|ため|とともに|ほか|[はがで])、|を[^、]*[しりけせえて]、|こと[をがに]/;
const FIELD =
  /^(?:\d+\s*[.)、]?\s*|[(（]\d+[)）]\s*|[ⅠⅡⅢIV]+[.)]\s*)?((?:基盤的保険者機能|戦略的保険者機能|組織・?運営体制|保険者機能の強化を支える組織).{0,24})/;

export interface Heading {
  /** Style of its mark; headings of one style are on one level. */
  style: string;
  title: string;
}

/** The heading that a line is; null for running text, list items and KPI statements. */
export function headingOf(line: Line): Heading | null {
  const { text } = line;
  if (kpiMarkLength(text) > 0 || text.length > MAX_HEADING || text.includes('\t')) return null;
  const field = FIELD.exec(text);
  if (field && text.length <= 40) return { style: 'field', title: text };
  const title = text.replace(/[〈<＜][ⅠⅡⅢI、,・]+[〉>＞]\s*$/, '').trim();
  if (SENTENCE_END.test(title) || TARGET.test(title)) return null;
  const mark = itemMark(title);
  if (mark && mark.style !== 'sign') {
    const rest = title.slice(mark.length);
    // ②で作成した…: the item of that number is spoken of.
    if (rest.length < 2 || /^[月日年度回件人%]|^[のをにはでと][一-龠]/.test(rest)) return null;
    if (RUNNING_TEXT.test(rest)) return null;
    const shape = `${mark.style}${/^[（(]/.test(title) ? '()' : ''}`;
    return { style: shape, title };
  }
  const sign = SIGNED.exec(title) ?? BARE_NUMBER.exec(title);
  if (!sign?.[1] || !sign[2] || sign[2].length > MAX_SIGNED || !NAMES_A_MEASURE.test(sign[2])) return null;
  return { style: /\d/.test(sign[1]) ? 'bare' : sign[1] === '〇' ? '○' : sign[1], title };
}

/**
 * Path of headings above each line, outermost first. A style seen anew goes one level deeper;
 * a style of the path closes all below it: no numbering of any one office is built in.
 */
export function outline(lines: readonly Line[]): string[][] {
  const path: Heading[] = [];
  let numbered = new Map<string, Numbered>();
  return lines.map((line) => {
    const heading = headingOf(line);
    const own = numberOf(line.text);
    if (heading) {
      if (heading.style === 'field') numbered = new Map();
      const level = heading.style === 'field' ? 0 : path.findIndex((above) => above.style === heading.style);
      path.length = level < 0 ? Math.min(path.length, levelBefore(own, numbered) ?? path.length) : level;
      path.push(heading);
    }
    if (own) numbered.set(own.style, { ordinal: own.ordinal, level: path.length - (heading ? 1 : 0) });
    return path.map((above) => above.title);
  });
}

/** The last number of a style, and how many headings stood above it. */
interface Numbered {
  ordinal: number;
  level: number;
}

function numberOf(text: string): { style: string; ordinal: number } | null {
  const mark = itemMark(text);
  if (!mark || mark.ordinal === 0) return null;
  return { style: `${mark.style}${/^[（(]/.test(text) ? '()' : ''}`, ordinal: mark.ordinal };
}

/** ③ stands where ② stood, though ② was no heading: what came between them is closed. */
function levelBefore(
  own: { style: string; ordinal: number } | null,
  numbered: ReadonlyMap<string, Numbered>,
): number | undefined {
  const before = own ? numbered.get(own.style) : undefined;
  return own && before && own.ordinal === before.ordinal + 1 ? before.level : undefined;
}
