import { quarterOfMonth } from '../model/fiscal-year.ts';
import type { Question, QuestionOf } from '../model/question.ts';
import type { Cue } from './cues.ts';
import type { Reading } from './reading.ts';

type Marks = QuestionOf<'measures'>['marks'];

const MARKS: Marks = ['○', '△', '×', '―'];

/** The marks that are asked for; 「○以外」 is all others. */
function marksOf(text: string): Marks {
  const said = MARKS.filter((mark) => {
    if (mark === '―') return /評価.{0,4}[-―]/.test(text);
    const pattern = { '○': /[○〇◯]|まる(?=の?評価)/, '△': /△|さんかく/, '×': /[×✕✖]|ばつ|ぺけ/ }[mark];
    return pattern.test(text);
  });
  const others = /[○〇◯△×✕](?:の評価)?(?:以外|じゃな|ではな|でな)/.test(text);
  return others ? MARKS.filter((mark) => !said.includes(mark)) : said;
}

const ABOUT_NEXT =
  /(?:次|今後|これから|今度).{0,14}(?:何|なに|どう|予定|取組|取り組|やる|する|方針)|今後の(?:取組|取り組み|予定)|いつ(?:から|まで|ごろ|頃|する|やる|実施|開催|です|予定|$|[?。])/;

/** What has become of something a plan sets out to do. */
const ABOUT_DONE =
  /実施状況|進捗|進み具合|何を(?:した|やった|して(?:い?る|きた))|取り?組んだ|どこまで(?:進|や|でき)|(?:今|現在|いま)[^。?？]{0,4}どうなって|(?:取り?組み?|事業|対策|施策|推進)の?状況/;

/** Evaluations, what was done and what comes next. */
export function readMeasures(reading: Reading): Question | null {
  const { cues, branches, fys, indicators, said, quarters, about } = reading;
  const marks = marksOf(said);
  const evaluates = cues.has('evaluation') && (marks.length > 0 || /評価/.test(said));
  const dated = quarters.length > 0 && /予定|取組|取り組/.test(said) && !cues.has('count');
  const plansNext = dated || (cues.has('next') && ABOUT_NEXT.test(said));
  if (!evaluates && reading.byCity && !reading.sure) return null;
  const named = branches.length === 1 && indicators.length === 0 && reading.unexplained > 1;
  const tellsDone = named && !cues.has('target') && !cues.has('count') && ABOUT_DONE.test(said);
  if ((!evaluates && !plansNext && !tellsDone) || branches.length > 1) return null;
  return {
    kind: 'measures',
    branch: branches[0] ?? null,
    fy: fys[0] ?? null,
    want: evaluates ? 'evaluation' : plansNext ? 'next' : 'done',
    marks: evaluates ? marks : [],
    quarters: plansNext && !evaluates ? quarters : [],
    indicators,
    about,
  };
}

/** Which KPIs of a branch: all, new ones, unmet ones. */
export function readKpis(reading: Reading): Question | null {
  const { cues, branches, fys, indicators, said } = reading;
  if (indicators.length > 0 || reading.condition !== null) return null;
  const [have, lack] = branches;
  const differs = cues.has('lacks') || cues.has('compare');
  if (have !== undefined && lack !== undefined && differs && cues.has('target')) {
    return { kind: 'difference', have, lack, fy: fys[0] ?? null };
  }
  const filter = kpiFilterOf(reading) ?? (isBare(reading) ? 'all' : null);
  const about = isBare(reading) || /kpi|目標|指標|遅れ|おくれ|達成|進捗|実施状況|まとめ/.test(said);
  if (filter === null || branches.length > 1 || !about) return null;
  const fy = fys.length > 1 ? Math.max(...fys) : (fys[0] ?? null);
  return { kind: 'kpis', branch: branches[0] ?? null, fy, filter };
}

/** A branch and nothing else: what it has is shown. */
function isBare({ branches, indicators, cues, unexplained }: Reading): boolean {
  return branches.length === 1 && indicators.length === 0 && saysOnly(cues, []) && unexplained === 0;
}

/** Apart from politeness. */
function saysOnly(cues: Reading['cues'], allowed: readonly Cue[]): boolean {
  return [...cues].every((cue) => cue === 'noise' || cue === 'follow' || allowed.includes(cue));
}

function kpiFilterOf({ cues, unexplained }: Reading): QuestionOf<'kpis'>['filter'] | null {
  const little = unexplained <= 6;
  if (cues.has('actual') && !cues.has('target') && unexplained <= 2) return 'all';
  const about = cues.has('target') || cues.has('kpiList');
  if (cues.has('firstTime')) return 'first_time';
  if (cues.has('behind') && little) return 'unmet';
  if (!about && !cues.has('met') && !cues.has('unmet')) return cues.has('lacks') && little ? 'all' : null;
  if (cues.has('unreported')) return 'unreported';
  if (cues.has('reported') && little) return 'reported';
  if (cues.has('unmet')) return 'unmet';
  if (cues.has('dropped') && little) return 'dropped';
  if (cues.has('newKpi') && little) return 'new';
  if (cues.has('change') && little) return 'changed';
  if (cues.has('met') && little) return 'met';
  // 「東京支部の目標は？」 names none: all of them.
  if (unexplained === 0 && saysOnly(cues, ['target'])) return 'all';
  return little && (cues.has('kpiList') || cues.has('lacks')) ? 'all' : null;
}

const PERFORMED =
  /やった|やって|実施|した|件数|人数|者数|数は|内訳|何件|何人|発送|送付|送っ|照会|決定|達成|配信|訪問|対象者|島しょ/;

/** Quarterly counts and breakdowns: 何人やった, 内訳, お友だち数. */
export function readCounts(reading: Reading): Question | null {
  const { cues, branches, fys, indicators, quarters, said, about } = reading;
  const [month] = reading.months;
  const quarter = quarters[0] ?? (month === undefined ? null : quarterOfMonth(month));
  const ofPlace = reading.byCity && !reading.sure && /予定|いつ|対象|巡回|受診|何人/.test(said);
  const timed =
    quarters.length > 0 || (reading.months.length > 0 && reading.sure && reading.unexplained <= 4);
  const counts = cues.has('count') || cues.has('breakdown') || timed || ofPlace;
  if (!counts || cues.has('target') || reading.condition !== null || branches.length > 1) return null;
  if (!PERFORMED.test(said) && !timed && !ofPlace) return null;
  const most = cues.has('breakdown') || timed || ofPlace ? 10 : 4;
  if (cues.has('topic') && reading.unexplained > most) return null;
  return { kind: 'counts', branch: branches[0] ?? null, fy: fys[0] ?? null, quarter, indicators, about };
}
