import type { Measure } from '../../model/measure.ts';
import type { When } from './when.ts';

/** Words that say that something happens or when, and not what: what it is stands in the measure. */
const ACTS = [
  '開催 実施 稼働 発送 送付 配付 公開 公表 運用 開始 着手 作成 掲載 発行',
  '準備 調達 調整 協議 検討 対応 整備 報告 予定 継続 推進 取組 引き続き',
  '順次 随時 適宜 今後 早期 未定 以降 以前 目途 目処 学期 上旬 中旬 下旬 次号 次回 前回',
].flatMap((line) => line.split(' '));
const CONTENT = '[\\p{Script=Han}\\p{Script=Katakana}ー々A-Za-zＡ-Ｚａ-ｚ]{2,}';
/** A noun that something is said of; one before する is what is done. */
const THING = new RegExp(`${CONTENT}(?!${CONTENT}|\\p{Script=Han}|する|し[、。て]|しま|でき|され)`, 'gu');
const DEED = new RegExp(`(${CONTENT})(?=する|し[、。て]|しま|でき|され|予定|[はを]未定|[。]?$)`, 'u');
const MEETING =
  /[\p{Script=Han}\p{Script=Katakana}ー々A-Za-z]*(?:会議|研修|セミナー|講座|教室|フォーラム|イベント|会)/gu;

/** What a promise is about, where its own words do not say; null where they do. */
export function subjectOf(
  text: string,
  named: readonly When[],
  { plan, progress, section }: Pick<Measure, 'plan' | 'progress' | 'section'>,
): string | null {
  const core = withoutDates(text, named);
  const cells = { plan: plan.normalize('NFKC'), progress: (progress ?? '').normalize('NFKC') };
  const ordinal = /第\s*(\d+)\s*回(?![^、。(]*[\p{Script=Han}\p{Script=Katakana}]{2})/u.exec(core);
  if (ordinal) {
    const held = thingOf('開催', [cells.progress, cells.plan]);
    const event = meetingIn(held ?? '') ?? commonMeeting(cells) ?? headingOf(section);
    return event === null ? null : `第${ordinal[1]}回${event}${/[(（].+[)）]$/.exec(core)?.[0] ?? ''}`;
  }
  if (saysWhat(core)) return null;
  const deed = ACTS.find((act) => core.includes(act)) ?? DEED.exec(core)?.[1];
  const time = /(\d+)\s*回目/.exec(core);
  const thing =
    (deed === undefined ? null : thingFor(deed, cells)) ?? quoted(cells) ?? firstClause(cells.plan);
  if (thing === null) return headingOf(section);
  if (time) return `${thing}（${time[1]}回目）`;
  return deed === undefined ? thing : `${thing}の${deed}`;
}

function withoutDates(text: string, named: readonly When[]): string {
  return named.reduce((rest, { words }) => rest.replace(words, ''), text).trim();
}

/** Whether anything is left beside words for acts. */
function saysWhat(core: string): boolean {
  const bare = core.replace(/\d+\s*回目/g, ' ');
  const rest = ACTS.reduce<string>((left, act) => left.replaceAll(act, ' '), bare);
  return (rest.match(THING) ?? []).length > 0 || /「[^」]+」/.test(core);
}

interface Cells {
  plan: string;
  progress: string;
}

/** What the measure does in the same word, else what it carries out or holds. */
function thingFor(deed: string, { plan, progress }: Cells): string | null {
  const own = thingOf(deed, [plan, progress]);
  if (own !== null || deed === '稼働' || deed === '公開') return own;
  return thingOf('実施|開催|行う', [plan, progress]);
}

/** The noun before を or の and a word for an act: 集団指導を実施 → 集団指導. */
function thingOf(acts: string, cells: readonly string[]): string | null {
  const pattern = new RegExp(`([^、。\\n「」()•・]{2,})(?:を|の)(?:${acts})`);
  for (const cell of cells) {
    const found = pattern
      .exec(cell)?.[1]
      ?.replace(/^(?:令和\d+年(?:度|\d+月)?)?に?/, '')
      .trim();
    if (found && found.length >= 2) return found.slice(-LONGEST);
  }
  return null;
}

const LONGEST = 40;

function quoted({ plan, progress }: Cells): string | null {
  return /「([^」]{3,40})」/.exec(progress)?.[1] ?? /「([^」]{3,40})」/.exec(plan)?.[1] ?? null;
}

function meetingIn(text: string): string | null {
  return text.match(MEETING)?.at(-1) ?? null;
}

/** The meeting that the measure speaks of most often. */
function commonMeeting({ plan, progress }: Cells): string | null {
  const counts = new Map<string, number>();
  for (const [word] of `${progress}\n${plan}`.matchAll(MEETING))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function firstClause(plan: string): string | null {
  const clause = plan.split(/[、。\n]/)[0]?.trim() ?? '';
  return clause.length < 2 ? null : clause.slice(0, LONGEST);
}

function headingOf(section: readonly string[]): string | null {
  return section.at(-1)?.replace(/^[(（]?[\dⅠ-Ⅹⅰ-ⅹ]+[)）.]?\s*/, '') ?? null;
}
