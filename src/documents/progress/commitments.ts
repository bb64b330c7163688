import type { BudgetLine } from '../../model/budget-line.ts';
import { CONTRACT_END, type Commitment, type Count, visitSubject } from '../../model/measure.ts';
import { type JoinedLines, lineAt } from '../passages.ts';
import { subjectOf } from './commitment-subject.ts';
import type { MeasureLine } from './measures.ts';
import { findWhen, type When, type Written } from './when.ts';

/** What is yet to come, where it stands among what was done: 予定, 開催する, 始めることとした. */
const AHEAD = /予定|する。?$|向け|こと[とに]し/;
const SAID_DONE = /(?:(?<!こと[とに]し)た|(?<!予定して|こと[とに]して)いる)(?:[(（][^()（）]*[)）])?。?$/;

/** Whether it comes about depends on something else: 届かない場合は, 人手が整えば. */
const IS_OPEN = /場合に?は|(?<!例)[れけえせてめべ]ば(?!なら)/;
const BODY =
  '(?:機構|[生働務]局|省|庁|国|[都道府県市町村]|基金|連合会|医師会|薬剤師会|商工会|会議所|本部[^、。]{0,8}|委託先|受託者)';
/** What another body does: 年金機構は、9月に送る予定である, 本部が1月に始める, 協議会から公表される, 示される見込み. */
const OF_OTHERS = new RegExp(
  [
    `^[^、。]{0,20}${BODY}(?:で|において)?は、.*(?:予定|計画|見込|として|とのこと|され)`,
    `${BODY}が`,
    '(?<![月日度期年旬])から(?:公表|発表|通知|提供|示)され',
    'され[^、。]{0,3}見込',
  ].join('|'),
);

/** Up to its 。, unless a bracket follows, or to the end of the line; a line in brackets belongs to the one above. */
const SENTENCE = /(?:[^\n。]|。(?=[)）(（])|\n(?=[(（][^()（）\n]*[)）](?:\n|$)))+。?|。/g;
/** One sentence goes on to a second thing here. */
const GOES_ON = /(?:とともに|ほか|一方|併せて|あわせて|[しりきみけせべめ])$/;

/** The dated promises of a measure: each clause of its next steps that names a date, and what its progress announces. */
export function commitmentsOf(
  { measure, progress, next }: MeasureLine,
  written: Written | null = null,
): Commitment[] {
  const find: Finder = (text) => findWhen(text, measure.fy, written);
  const announced = sentences(progress).flatMap(announcedIn);
  const own = [...sentences(next), ...announced].filter(
    ({ text }) => !IS_OPEN.test(text) && !OF_OTHERS.test(text),
  );
  return own.flatMap(({ text, lineOf }) =>
    clauses(text, find)
      .flatMap(oneDateEach)
      .flatMap(({ said, named }): Commitment[] => {
        const span = spanOf(named);
        if (span === null) return [];
        const { branch, fy, section, number } = measure;
        const when = named.map(({ words }) => words).join('、');
        const line = lineOf(text.indexOf(said)) ?? measure.source.line;
        const source = { ...measure.source, line };
        const subject = subjectOf(said, named, measure);
        const about = subject === null ? {} : { subject };
        return [{ branch, fy, section, number, text: said, ...about, when, ...span, source }];
      }),
  );
}

/** What the progress says is to come; behind what was done it may stand in brackets. */
function announcedIn(sentence: Sentence): Sentence[] {
  if (!SAID_DONE.test(sentence.text)) return AHEAD.test(sentence.text) ? [sentence] : [];
  const aside = /[(（]([^()（）]*予定[^()（）]*)[)）]。?$/.exec(sentence.text);
  const said = aside?.[1];
  if (!aside || said === undefined) return [];
  return [{ text: said, lineOf: (place) => sentence.lineOf(aside.index + 1 + place) }];
}

/** The dates of a text of one measure. */
type Finder = (text: string) => When[];

interface Clause {
  said: string;
  named: When[];
}

/**
 * Each with a date of its own: a part without one belongs to the part before it, and so does a date that only goes
 * on with a list (4月、6月に).
 */
function clauses(text: string, find: Finder): Clause[] {
  const found: Clause[] = [];
  for (const part of text.split('、')) {
    const last = found.at(-1);
    if (last && !(isDated(last, find) && opensThing(last, part, find))) last.said = `${last.said}、${part}`;
    else found.push({ said: part, named: [] });
  }
  return found.map(({ said }) => ({ said, named: find(said) }));
}

function isDated({ said }: Clause, find: Finder): boolean {
  return find(said).length > 0;
}

function opensThing({ said }: Clause, part: string, find: Finder): boolean {
  const [when] = find(part);
  // 8月以降、… only says when.
  const bare = find(said).reduce((rest, { words }) => rest.replace(words, ''), said);
  if (!when || bare.replace(/以降|から|より|まで|に|頃/g, '') === '') return false;
  return GOES_ON.test(said) || part.indexOf(when.words) > 1;
}

/** 上期に登録した事業所へ、10月に…: what ends in a particle is no thing of its own. */
const GOES_ON_WITH = /[へをがはもで]$/;

/** 10月に3会場、1月に2会場で開く: two times, each for itself. Dates that a list or から joins are one time. */
function oneDateEach({ said, named }: Clause): Clause[] {
  const timed = said.split('、').filter((part) => named.some(({ words }) => part.includes(`${words}に`)));
  const isApart =
    timed.length > 1 &&
    timed.length === named.length &&
    !timed.slice(0, -1).some((part) => GOES_ON_WITH.test(part));
  return isApart ? named.map((when) => ({ said, named: [when] })) : [{ said, named }];
}

/** From the first to the last day of the dates that a clause names; a recurrence runs within them. */
function spanOf(named: readonly When[]): Pick<Commitment, 'from' | 'to' | 'everyMonths'> | null {
  const recurring = named.find(({ everyMonths }) => everyMonths !== undefined);
  const dated = named.filter(({ everyMonths }) => everyMonths === undefined);
  // What is to be done for a later date has a date of its own.
  const own = dated.filter(({ relation }) => relation !== 'before');
  const days = own.length > 0 ? own : dated.length > 0 ? dated : named;
  const from = days.map((when) => when.from).sort()[0];
  const to = days
    .map((when) => when.to)
    .sort()
    .at(-1);
  if (from === undefined || to === undefined) return null;
  if (recurring?.everyMonths === undefined) return { from, to };
  const isOpen = days.every(({ relation }) => relation === 'begins');
  return { from, to: isOpen ? recurring.to : to, everyMonths: recurring.everyMonths };
}

interface Sentence {
  text: string;
  /** The document's line that the character at this place of the text is from. */
  lineOf: (place: number) => number | null;
}

function sentences(cell: JoinedLines | null): Sentence[] {
  if (cell === null) return [];
  return [...cell.text.matchAll(SENTENCE)]
    .map(({ 0: run, index }) => {
      const said = run.replace(/^\s*[•・※①-⑳]\s*/, '').trimStart();
      const text = said.replaceAll('\n', '').trimEnd();
      const start = index + run.length - said.length;
      return { text, lineOf: (place: number) => lineAt(cell, start + place) };
    })
    .filter(({ text }) => text.length > 1);
}

/** What a table of places plans with a month: 利島 令和7年9月予定. */
export function plannedVisits(counts: readonly Count[], section: readonly string[]): Commitment[] {
  const visits = new Map<string, Commitment>();
  for (const count of counts) {
    const { branch, fy, label, asOf, source } = count;
    const [when] = asOf !== null && /予定/.test(asOf) ? findWhen(asOf, fy) : [];
    if (!when) continue;
    const { words, from, to } = when;
    const about = {
      section: [...section],
      number: '',
      text: `${label} ${asOf}`,
      subject: visitSubject(count),
    };
    visits.set(label, { branch, fy, ...about, when: words, from, to, source });
  }
  return [...visits.values()];
}

/** A note on a contract that tells until when it runs: 令和7年12月放送まで; 5月実施分まで tells what was counted. */
const RUNS_UNTIL = /月(?:末)?[^、。分]{0,6}まで$/;

/** The ends of contracts, which have to be followed by something or to be said to end. */
export function contractEnds(budgets: readonly BudgetLine[]): Commitment[] {
  return budgets.flatMap(({ branch, fy, section, name, status, note, source }): Commitment[] => {
    const [when] = status === '契約済み' && RUNS_UNTIL.test(note ?? '') ? findWhen(note ?? '', fy) : [];
    if (!when) return [];
    const day = { when: when.words, from: when.to, to: when.to };
    const subject = `${name}${CONTRACT_END}`;
    return [{ branch, fy, section: [section], number: '', text: `${name} ${note}`, subject, ...day, source }];
  });
}
