import type { Unit } from '../../model/indicator.ts';
import type { Op, Target } from '../../model/kpi.ts';

/** A target found in a statement, before the indicator has its say about units. */
export interface StatedTarget extends Target {
  /** Where the target expression begins in the main clause; what stands before it names the indicator. */
  at: number;
  /** A figure alone, with no word that compares, sets or aims: the indicator then says whether it is at least or at most. */
  bare: boolean;
}

/** 前年度より1.5ポイント以上引き上げる: by how much, against last year. */
const INCREMENT =
  /(?:対?前年度?|昨年度)(?:末|実績|の?実績値?)?(?:より|比で?|から|と?比べて?|に対し(?:て)?|に比べて?|比[:：]?)?(?:も)?[、プラス+]*(\d+(?:\.\d+)?)(?:ポイント|pt)(?:以上)?(?:の)?(増加?|引き?上げ|上昇|改善|向上|伸ば|減少?|引き?下げ|低下|縮減|抑)?(?:以上)?/;

const RELATIVE =
  /(?:対前年?度?|前年度?)(?:末|同期)?(?:実績|水準|比|の実績)?(?:値)?(以上|以下|以内|超|未満|並み|より|を上回|を下回)/g;
const ABSOLUTE =
  /(?:(\d+)億)?((?:\d[\d,]*)(?:\.\d+)?)(万|千)?(%|パーセント|ポイント|円|営業日|日間|日|事業所|社|人|名|件|か所|箇所|回|点)?(?:\([^)]*\))?(以上|以下|以内|を超え|超|未満|を上回|を下回)?/g;
/** Figures that belong to a name or a date and never are the target. */
const NOT_A_TARGET =
  /(?:令和|平成|西暦)\s*\d+年(?:度末?)?(?:\d+月(?:\d+日)?)?(?:末|診療分)?|\d+年度末?|\d{4}年(?:度末?)?|\d+か月|\d+[ヶカケヵ箇]月|\d+月(?:末|診療分|時点|\d+日)?|\d+部位|月\d+日|月?\d+回|1件当たり|1件あたり|\d+歳|小数点?(?:以下)?第?\d+位|第\d+位|(?:表|図|資料|様式|別紙|参考)\d+/g;

const OPS: Record<string, Op> = {
  以上: '>=',
  超: '>=',
  を超え: '>=',
  並み: '>=',
  を上回: '>=',
  を下回: '<=',
  より: '>=',
  以下: '<=',
  以内: '<=',
  未満: '<=',
};
/** Units as documents and tables print them. */
export const PRINTED_UNITS: Readonly<Record<string, Unit>> = {
  '%': '%',
  パーセント: '%',
  円: '円',
  営業日: '日',
  日間: '日',
  日: '日',
  事業所: '事業所',
  社: '社',
  人: '人',
  名: '人',
  件: '件',
};

/** Units of amounts as documents print them, in yen. */
export const YEN: Readonly<Record<string, number>> = { 円: 1, 千円: 1e3, 万円: 1e4, 百万円: 1e6 };

/** A figure of change or of deeds is not the level that a target sets: 100社以上増加, 5%減, 50社以上訪問する. */
const NOT_A_LEVEL =
  /^の(?:事業所|企業|会社|機関|方|者|人|加入者|被保険者|従業員|施設|市町村|会場|お客)|^(?:の)?(?:増|減|上昇|低下|引き?上げ|引き?下げ|を?(?:訪問|開催|配布|送付|勧奨))/;
/** What a plan looks back on behind its own target: …以上とする 令和6年度目標79.1%以上. */
const LOOKING_BACK = /(とする。?)(?:令和|平成|R)(?:元|\d+)年度.*$/;

/** What a plan does where it sets no figure: 実施する, 発信する. */
const QUALITATIVE =
  /(?:実施|発信|推進|開始|運用|働きかけ|配信|参画|作成|徹底|展開|行う|努める|取り組む|図る)/;

/** 43.5%以上 without the references in brackets; the longest of nested brackets goes, an unclosed one to the end. */
export function withoutBrackets(text: string): string {
  let depth = 0;
  let out = '';
  for (const char of text) {
    if (/[(（【〔[<＜]/.test(char)) depth++;
    else if (/[)）】〕\]>＞]/.test(char)) depth = Math.max(0, depth - 1);
    else if (depth === 0) out += char;
  }
  return out;
}

/** The sentence that sets the target, and what restricts it: ただし…, 入札件数が4件以下の場合は…. */
export function splitProviso(text: string): { main: string; proviso: string | null } {
  const statement = text.replace(/。(?=[)）])/g, '').replace(LOOKING_BACK, '$1');
  const after = /(?:[。.、]|とする|\()\s*((?:ただし|但し|なお|(?:一般競争)?入札(?:の見込み)?件数).*)$/.exec(
    statement,
  );
  if (after?.[1] && /以[上下内]/.test(after[1])) {
    const main = statement.slice(0, statement.length - after[1].length).replace(/\($/, '');
    return { main: main.split('。')[0] ?? main, proviso: after[1].replace(/[。)]+$/, '') };
  }
  const sentences = statement.split('。').filter((sentence) => sentence !== '');
  const before = /^(.*?場合(?:は|に)?、)(.+)$/.exec(sentences[0] ?? '');
  if (before?.[1] && before[2] && /\d/.test(before[2]))
    return { main: before[2], proviso: before[1].replace(/、$/, '') };
  return { main: sentences[0] ?? statement, proviso: null };
}

/**
 * The target of one statement without white space.
 * The last target expression of the main clause counts: names hold figures too (3部位以上).
 */
export function parseTarget(statement: string): StatedTarget | null {
  const { main, proviso } = splitProviso(statement);
  const target =
    fromClause(withoutBrackets(main), proviso) ?? fromClause(main.replace(/[()（）]/g, ''), proviso);
  const [beside = '', before = '', figure = ''] = LAST_YEARS_FIGURE.exec(main) ?? [];
  const [last] = absolutesIn(figure);
  if (!target?.relative || target.value !== null || !last) return target;
  return { ...target, value: last.value, unit: last.unit, text: target.text.replace(before, beside) };
}

/** 前年度(34.6%)以上: last year's figure, which is to be reached again. */
const LAST_YEARS_FIGURE = /(前年度?末?(?:の?実績)?)[(（]([^()（）]*\d[^()（）]*)[)）](?=以[上下内])/;

function fromClause(clause: string, proviso: string | null): StatedTarget | null {
  const set = { value: null, unit: null, relative: null, proviso, bare: false } as const;
  const hidden = clause.replace(NOT_A_TARGET, (run) => '　'.repeat(run.length));
  const increment = INCREMENT.exec(clause);
  if (increment?.[1]) {
    const [text, points, change = ''] = increment;
    const op = /減|下|低|抑/.test(change) ? '<=' : '>=';
    const value = Number(points);
    return { ...set, op, value, unit: 'ポイント', relative: 'prev_year', text, at: increment.index };
  }
  const relative = [...hidden.matchAll(RELATIVE)].at(-1);
  const absolutes = absolutesIn(hidden);
  const compared = absolutes.filter((found) => found.op !== null).at(-1);
  const absolute =
    compared ??
    absolutes.filter((found) => found.unit !== null || /率|割合|件数|者数|所数/.test(clause)).at(-1);
  if (relative) {
    const both =
      compared !== undefined &&
      relative.index > compared.at &&
      /かつ|且つ|及び|とともに/.test(clause.slice(compared.at, relative.index));
    const op = OPS[relative[1] ?? ''] ?? '>=';
    const last = { ...set, op, relative: 'prev_year', text: relative[0], at: relative.index } as const;
    if (!both) return last;
    const { value, unit, at, text } = compared;
    return { ...last, value, unit, at, text: `${text}かつ${relative[0]}` };
  }
  if (absolute) {
    const keeps = /以内を?維持|維持/.test(clause) && absolute.unit === '日';
    const op = absolute.op ?? (keeps ? '<=' : '=');
    const bare = absolute.op === null && !keeps && !SETS_EXACTLY.test(clause);
    return { ...set, ...absolute, op, relative: asWell(proviso), bare };
  }
  const deed = QUALITATIVE.exec(clause);
  return deed ? { ...set, op: 'do', text: '実施する', at: deed.index } : null;
}

/** とする sets the figure as it stands; 目標 names it. */
const SETS_EXACTLY = /とする|とします|にする|維持|目標|(?:目指|めざ)す/;

/** ただし、80%以上の支部については対前年度以上とする: the figure and last year's both hold. */
function asWell(proviso: string | null): 'prev_year' | null {
  if (proviso === null || /入札|件数|件以/.test(proviso)) return null;
  return /(?:ただし|但し).*対?前年度以[上下](?:とする)?$/.test(proviso) ? 'prev_year' : null;
}

/** The figures of a clause that could each be its target: those with a unit or a word that compares. */
export function targetExpressions(
  clause: string,
): { at: number; value: number; unit: Unit | null; text: string }[] {
  const hidden = clause.replace(NOT_A_TARGET, (run) => '　'.repeat(run.length));
  return absolutesIn(hidden).filter(({ op, unit }) => op !== null || unit !== null);
}

function absolutesIn(text: string): Absolute[] {
  return [...text.matchAll(ABSOLUTE)].map(readAbsolute).filter((found) => found !== null);
}

interface Absolute {
  at: number;
  value: number;
  unit: Unit | null;
  op: Op | null;
  text: string;
}

function readAbsolute(match: RegExpMatchArray): Absolute | null {
  const [text, hundredMillions, digits, scale, unit, comparison] = match;
  const small =
    Number((digits ?? '').replaceAll(',', '')) * (scale === '万' ? 1e4 : scale === '千' ? 1e3 : 1);
  const value = hundredMillions === undefined ? small : Number(hundredMillions) * 1e8 + small;
  if (!Number.isFinite(value) || match.index === undefined) return null;
  if (unit === '日' && comparison === '以上') return null;
  const after = (match.input ?? '').slice(match.index + text.length);
  // A figure that ends in its point was cut off with the file.
  if (NOT_A_LEVEL.test(after) || /^\.\s*$/.test(after)) return null;
  return {
    at: match.index,
    value,
    unit: PRINTED_UNITS[unit ?? ''] ?? null,
    op: OPS[comparison ?? ''] ?? null,
    text,
  };
}
