import { addBusinessDays, isBusinessDay, type OfficeDays } from './business-day.ts';
import { dayOf, formatDay, type IsoDay } from './calendar-day.ts';
import type { Catalogue } from './catalogue.ts';
import { type FiscalYear, fiscalYearOf } from './fiscal-year.ts';
import type { SourcedActual } from './known-figures.ts';
import { type Commitment, type Count, type Measure, visitSubject } from './measure.ts';
import type { ReminderDecision } from './reminder.ts';
import { reportedKey } from './reported.ts';
import { type MonthNumber, monthNumber, monthNumberOf } from './reporting-period.ts';
import type { Source } from './source.ts';
import { hashOf } from './words-hash.ts';

/** What became of a promise, as later reports and people say. */
export interface CommitmentState {
  commitment: Commitment;
  /** Its last business day, or the day that a person moved it to. */
  day: IsoDay;
  /** `not_done`: a later report says that it did not come about; null where nothing says anything. */
  outcome: 'done' | 'cancelled' | 'told' | 'not_done' | null;
  /** The month of the report that says it first: it looks ahead from there. */
  statedIn: MonthNumber;
  /** Staff gave it a day, when they reported a figure or later. */
  isSetByStaff: boolean;
}

/** Neither done nor given up. */
export function isPending({ outcome }: Pick<CommitmentState, 'outcome'>): boolean {
  return outcome === null || outcome === 'not_done';
}

/** Whether its day has passed and nobody has said that it is done; what is done again and again has no such day. */
export function isOverdue(state: CommitmentState, today: IsoDay): boolean {
  const { commitment, day } = state;
  if (!isPending(state) || commitment.everyMonths !== undefined || today <= day) return false;
  return !(beginsWithin(state) && today.slice(0, 7) === day.slice(0, 7));
}

/** 7月から, 7月～隔週木曜日: it begins within the month, so that only its end tells whether it did. */
export function beginsWithin({ commitment: { from, to, when }, day }: CommitmentState): boolean {
  return from === to && day === to && to.endsWith('-01') && !when.includes('日');
}

/** What a later report says in words of a measure or beside a figure, as of a month. */
interface Saying {
  month: MonthNumber;
  text: string;
}

/** Words and day of a promise tell it from all others of its branch and year. */
export function commitmentId({ text, to }: Pick<Commitment, 'text' | 'to'>): string {
  return hashOf(text, to);
}

/** The series of its reminders: what a person decides of it is kept under that name. */
export function commitmentSeries(commitment: Commitment): string {
  return ['commitment', commitment.branch, commitment.fy, commitmentId(commitment), 'branch'].join('|');
}

/** The year that a promise lives in: that of its day, where a report looks beyond its own year. */
export function commitmentYear({ fy }: Pick<Commitment, 'fy'>, day: IsoDay): FiscalYear {
  return Math.max(fy, fiscalYearOf(dayOf(day)));
}

/** Where all promises with a day stand, those of documents and those of staff. */
export function commitmentStates(parts: {
  commitments: readonly Commitment[];
  measures: readonly Measure[];
  counts: readonly Count[];
  actuals: readonly SourcedActual[];
  fileMonths: ReadonlyMap<string, MonthNumber>;
  decisions: ReadonlyMap<string, ReminderDecision>;
  catalogue: Catalogue;
}): CommitmentState[] {
  const { commitments, measures, counts, actuals, fileMonths, decisions, catalogue } = parts;
  const sayings = sayingsOf(measures, counts, fileMonths);
  const printings = printingsOf(commitments, fileMonths);
  const lasting = commitments.filter((commitment) => !isPostponed(commitment, printings));
  const documented = lasting.map((commitment): Told => {
    const printed = printings.get(measureKey(commitment)) ?? [];
    const months = printed
      .filter(({ series }) => series === commitmentSeries(commitment))
      .map(({ month }) => month);
    // A report that prints it again behind its day tells of it, and does not set it out.
    const statedIn = Math.min(...months, monthNumberOf(commitment.to));
    // What falls in the next year is told of in that year's reports.
    const years = new Set([commitment.fy, commitmentYear(commitment, dueOf(commitment, decisions))]);
    const said = [...years].flatMap((fy) =>
      [measureKey({ ...commitment, fy }), visitKey({ ...commitment, fy })].flatMap(
        (key) => sayings.get(key) ?? [],
      ),
    );
    return { commitment, statedIn, sayings: said, isOnly: printed.length === 1, isSetByStaff: false };
  });
  return [...documented, ...setByStaff(actuals, decisions, catalogue)].map((told) => {
    const { commitment, statedIn, isSetByStaff } = told;
    const decision = decisions.get(commitmentSeries(commitment));
    const moved = decision?.due ?? null;
    const decided =
      decision?.decision === 'done' || decision?.decision === 'cancelled' ? decision.decision : null;
    return {
      commitment,
      day: moved ?? lastDayOf(commitment, catalogue.calendar),
      outcome: decided ?? outcomeOf(told, dueOf(commitment, decisions)),
      statedIn,
      isSetByStaff: isSetByStaff || moved !== null,
    };
  });
}

/** The end of its time as it is printed, or the day that a person moved it to. */
function dueOf(commitment: Commitment, decisions: ReadonlyMap<string, ReminderDecision>): IsoDay {
  return decisions.get(commitmentSeries(commitment))?.due ?? commitment.to;
}

/** A stretch of time ends on its last business day; a day of its own is what it is. */
function lastDayOf({ from, to }: Pick<Commitment, 'from' | 'to'>, days: OfficeDays): IsoDay {
  const last = isBusinessDay(to, days) ? to : addBusinessDays(to, -1, days);
  return from < to && from <= last ? last : to;
}

interface Printing {
  series: string;
  words: string;
  month: MonthNumber;
}

/** Where the promises of each measure are printed: one report may print what another did. */
function printingsOf(commitments: readonly Commitment[], fileMonths: ReadonlyMap<string, MonthNumber>) {
  const printings = new Map<string, Printing[]>();
  for (const commitment of commitments) {
    const key = measureKey(commitment);
    const month = fileMonths.get(commitment.source.file) ?? 0;
    const printing = { series: commitmentSeries(commitment), words: undatedWords(commitment), month };
    printings.set(key, [...(printings.get(key) ?? []), printing]);
  }
  return printings;
}

/** A newer report from before its day prints it with another day, and no longer with its own. */
function isPostponed(commitment: Commitment, printings: ReadonlyMap<string, readonly Printing[]>): boolean {
  const printed = printings.get(measureKey(commitment)) ?? [];
  const series = commitmentSeries(commitment);
  const last = Math.max(...printed.filter((own) => own.series === series).map(({ month }) => month));
  return printed.some(
    ({ words, month }) =>
      words === undatedWords(commitment) && month > last && month < monthNumberOf(commitment.to),
  );
}

function undatedWords({ text, when }: Commitment): string {
  return wordsOf(withoutDates(text.normalize('NFKC'), when));
}

interface Told {
  commitment: Commitment;
  statedIn: MonthNumber;
  sayings: readonly Saying[];
  /** Nothing else is promised under the measure: what is said there without a name is of this. */
  isOnly: boolean;
  isSetByStaff: boolean;
  /** Staff promised it again in the same words: the newer day holds. */
  isRenewed?: boolean;
}

/**
 * What became of a promise, as a report that is newer than the promise says in words: figures tell nothing of it. A
 * report from before its day (the new one, where a person has moved it) tells that it is done where it says that it is
 * finished, once its time has begun or was brought forward. Null where none says anything.
 */
function outcomeOf(
  { commitment, statedIn, sayings, isOnly, isRenewed }: Told,
  day: IsoDay,
): 'told' | 'not_done' | null {
  const isSaid = (outcome: 'done' | 'not_done') =>
    sayings.some(({ month, text }) => {
      const said = saidAs(outcome, text, commitment);
      const isEarly = month < monthNumberOf(day);
      const hasBegun = month >= monthNumberOf(commitment.from) || BROUGHT_FORWARD.test(said);
      if (month <= statedIn || (isEarly && !(outcome === 'done' && hasBegun && FINISHED.test(said)))) {
        return false;
      }
      return speaksOf(said, commitment) || (isOnly && NOTHING_NAMED.test(said.replace(ACTS, '')));
    });
  if (isRenewed || isSaid('done')) return 'told';
  return isSaid('not_done') ? 'not_done' : null;
}

const NOTHING_SAID = /^[―－ー-]?$/;

function sayingsOf(
  measures: readonly Measure[],
  counts: readonly Count[],
  fileMonths: ReadonlyMap<string, MonthNumber>,
) {
  const found = new Map<string, Saying[]>();
  const add = (key: string, source: Source, text: string) =>
    found.set(key, [...(found.get(key) ?? []), { month: fileMonths.get(source.file) ?? 0, text }]);
  for (const measure of measures) {
    const text = measure.progress?.normalize('NFKC').trim() ?? '';
    if (!NOTHING_SAID.test(text)) add(measureKey(measure), measure.source, text);
  }
  for (const count of counts) {
    const { branch, fy, asOf, value, source } = count;
    const subject = visitSubject(count);
    // A table of places prints the month of what took place without 予定.
    const tookPlace = asOf === null ? value !== null : !TO_COME.test(asOf);
    if (tookPlace) add(visitKey({ branch, fy, subject }), source, `${subject}は実施済み`);
  }
  return found;
}

function visitKey({ branch, fy, subject = '' }: Pick<Commitment, 'branch' | 'fy' | 'subject'>): string {
  return [branch, fy, 'place', subject].join('|');
}

function measureKey({ branch, fy, section, number }: Pick<Measure, 'branch' | 'fy' | 'section' | 'number'>) {
  return [branch, fy, section.at(-1)?.normalize('NFKC').replace(/\s+/g, '') ?? '', number].join('|');
}

/** What staff promised with a day under an indicator. */
function setByStaff(
  actuals: readonly SourcedActual[],
  decisions: ReadonlyMap<string, ReminderDecision>,
  { indicators }: Catalogue,
): Told[] {
  const byIndicator = new Map<string, SourcedActual[]>();
  for (const row of actuals) {
    const key = reportedKey({ branch: row.branch, fy: row.fy, indicator: row.indicator });
    byIndicator.set(key, [...(byIndicator.get(key) ?? []), row]);
  }
  const found: Told[] = [];
  for (const rows of byIndicator.values()) {
    for (const { branch, fy, indicator, asOf, next, source } of rows) {
      const due = next?.due ?? null;
      if (!next || due === null) continue;
      const name = indicators.find(({ id }) => id === indicator)?.name ?? indicator.replace(/^other:/, '');
      const about = {
        branch,
        fy,
        section: [name],
        number: '',
        text: `${name}：${next.text}`,
        subject: next.text,
      };
      const commitment = { ...about, when: formatDay(due), from: due, to: due, source };
      const year = commitmentYear({ fy }, dueOf(commitment, decisions));
      const ofNextYear =
        year === fy ? [] : (byIndicator.get(reportedKey({ branch, fy: year, indicator })) ?? []);
      const later = [...rows, ...ofNextYear].filter((row) => row.asOf > asOf);
      found.push({
        commitment,
        statedIn: monthNumber(fy, asOf) ?? 0,
        sayings: later.map((row) => ({ month: monthNumber(row.fy, row.asOf) ?? 0, text: row.note ?? '' })),
        isOnly: rows.filter((row) => row.next).length === 1,
        isSetByStaff: true,
        isRenewed: later.some(
          (row) => row.next !== undefined && wordsOf(row.next.text) === wordsOf(next.text),
        ),
      });
    }
  }
  return found;
}

/** The words of a promise without what differs from one printing to the next. */
export function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/^(?:引き続き|また|さらに|なお)、?/, '')
    .replace(/[\s、。・「」]/g, '');
}

/** What is still to come is no word of what became of it. */
const TO_COME = /予定(?!どおり|通り)|未定/;
/** Nor is what did not come about: any verb that is denied, and the words for giving up or putting off. */
const NOT_DONE = new RegExp(
  [
    '未(?:実施|着手|開催|了|完了|作成|発送|公表|掲載|配布)',
    '(?<!少)な(?:い(?!よう)|かった|くな)|ません',
    '(?:せ|き|ら|れ|わ|え)(?<!かかわら|関わら|問わ)ず(?=[、に]|$)',
    '見送|見合わ|(?:取り?|とり)(?:やめ|止め)|中止|断念|延期|困難',
  ].join('|'),
);
/** All of it, and not a part: ２会場で開いた leaves the others open. */
const FINISHED = /済(?!の)|完了|終了|終え|終わ[っり]|前倒し|繰り?上げ/;
const BROUGHT_FORWARD = /前倒し|繰り?上げ|早め(?:に|て)|早く/;
/** Words that tell that something is done, and not what. */
const ACTS =
  /開催|実施|完了|終了|開始|着手|稼働|発送|送付|配付|配布|掲載|公開|公表|作成|調達|調整|(?:準備|協議|検討|報告)(?!会)|整備|予定|継続|推進|取組|予約|連携|期間|今後|引き続き/g;
/** 実施済み, 完了しました: what is left of them. */
const NOTHING_NAMED = /^(?:済み?(?:です)?|し(?:た|ました))。*$/;
const IN_BRACKETS = /\([^()]*\)/g;
const MAKES_READY = /向け|備え|準備|調達|調整|協議|検討|作成|予約/;
/** No act is named: 開催に向けて会場を決めた. */
const IS_AHEAD = /(?:に向け|にむけ|に備え)[てた]?/;
const NAME = /[\p{Script=Han}\p{Script=Katakana}ー々]{2,}|[A-Za-z]{2,}/gu;
const TIME = /第\s*(\d+)\s*回|(\d+)\s*回目/;
const ENOUGH = 2 / 3;

/** Of a text, the sentences that say that something came about, or that it did not. */
function saidAs(outcome: 'done' | 'not_done', text: string, promise: Pick<Commitment, 'text'>): string {
  return text
    .normalize('NFKC')
    .split(/[。\n]/)
    .filter((sentence) => {
      if (outcome === 'not_done') return NOT_DONE.test(sentence);
      return !NOT_DONE.test(sentence) && !TO_COME.test(sentence) && !isReadied(sentence, promise);
    })
    .join('。');
}

/** Whether a sentence ends in making ready what was not promised to be made ready: 第2回評議会に向けて準備した. */
function isReadied(sentence: string, { text }: Pick<Commitment, 'text'>): boolean {
  const last =
    sentence
      .replace(IN_BRACKETS, '')
      .match(ACTS)
      ?.findLast((act) => act !== '予定') ?? '';
  return !MAKES_READY.test(text.normalize('NFKC')) && (MAKES_READY.test(last) || IS_AHEAD.test(sentence));
}

/** Whether a text names what a promise is about, and its number where it has one (第2回, 2回目). */
function speaksOf(said: string, promise: Pick<Commitment, 'text' | 'subject' | 'when'>): boolean {
  const about = withoutDates((promise.subject ?? promise.text).normalize('NFKC'), promise.when);
  const time = TIME.exec(about);
  const number = time?.[1] ?? time?.[2];
  if (number !== undefined && !new RegExp(`第\\s*${number}\\s*回|(?<!\\d)${number}\\s*回目`).test(said))
    return false;
  const names = namesIn(about);
  const named = names.filter((name) => said.includes(name)).length;
  return names.length > 0 && named >= names.length * ENOUGH;
}

const READIES = /向け|備え|まで/;

/** Whether the words tell more than what the promise is about: to be ready for it is another thing than the thing. */
export function saysMore({ subject, text, when }: Pick<Commitment, 'subject' | 'text' | 'when'>): boolean {
  if (subject === undefined) return false;
  const names = namesIn(withoutDates(text.normalize('NFKC'), when));
  const isUnsaid = (name: string) => !subject.normalize('NFKC').includes(name);
  return READIES.test(text) || names.some(isUnsaid);
}

function namesIn(text: string): string[] {
  return [...new Set(text.replace(TIME, ' ').replace(ACTS, ' ').match(NAME) ?? [])];
}

/** Its words without the dates, which stand beside it. */
function withoutDates(text: string, when: string): string {
  return when
    .normalize('NFKC')
    .split('、')
    .reduce((rest, words) => rest.replace(words, ' '), text);
}

const DATE_ENDING =
  '(?:号(?:の|で|に)?|のうちに|を(?:目途|めど|目処)に|中に|中|頃に|頃|末?までに|末?まで|の期間に|期間に|にかけて|より|から|以降|に|で|の)?、?';

/** What a promise is called: what it is about, else its own words without dates and connectives. */
export function commitmentName({
  subject,
  text,
  when,
}: Pick<Commitment, 'subject' | 'text' | 'when'>): string {
  if (subject !== undefined) return IS_AHEAD.test(text) ? `${subject}に向けた${readyingOf(text)}` : subject;
  const dates = when.normalize('NFKC').split('、');
  const whole = text.normalize('NFKC');
  const bare = dates.reduce(
    (rest, words) => rest.replace(new RegExp(`${literally(words)}(?!に向け|に備え)${DATE_ENDING}`), ''),
    whole,
  );
  return (
    // 月次で開催している会議で…: the time belongs to what follows it.
    (BEGINS_WITH_ACT.test(bare) ? whole : bare)
      // A bracket that held nothing but a time.
      .replace(/\((?:\s*|~[^()]*(?:\([^()]*\)[^()]*)*)\)/g, '')
      .replace(/^(?:引き続き|また|さらに|なお)?[、の]?/, '')
      .replace(/(?:を?予定(?:している|です)?)?(?:とともに)?。?$/, '')
      .replace(/[はをに]$/, '')
      .trim()
  );
}

/** 調達 of 発送に向けて調達を進める. */
function readyingOf(text: string): string {
  const after = text.normalize('NFKC').split(IS_AHEAD).at(-1) ?? '';
  return after.match(ACTS)?.find((act) => MAKES_READY.test(act)) ?? '準備';
}

const BEGINS_WITH_ACT = new RegExp(`^(?:${ACTS.source})(?:し|する|され)`);

function literally(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
