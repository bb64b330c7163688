import { foldText } from '../japanese/fold.ts';
import { normalize } from '../japanese/normalize.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Day } from '../model/fiscal-year.ts';
import type { Question } from '../model/question.ts';
import { readBudget } from './budgets.ts';
import { readAcross, readFigure } from './figures.ts';
import type { Matcher } from './matcher.ts';
import { readCounts, readKpis, readMeasures } from './progress.ts';
import { type Reading, read } from './reading.ts';
import { readDocuments, readTalk } from './talk.ts';
import { inThread, type Recent } from './thread.ts';
import { readNumberOfNone, readShareOfNone, readUnknown } from './unknown.ts';

/** Longer texts are no questions; people paste whole mails by mistake. */
export const LONGEST_QUESTION = 500;

export interface ParseInput {
  text: string;
  /** The last question of the thread, as it was understood; null outside a thread. */
  previous: Question | null;
  /** Branches that the thread's last single questions were about, latest first; the years likewise. */
  recent?: Recent | undefined;
  today: Day;
}

export interface Parsed {
  question: Question;
  /** The year was not said but taken over from the thread. */
  inheritedYear: boolean;
  /** What the plan says is asked beside the figure (目標と取組): the words to search for. */
  alsoText: string | null;
}

export type Parse = (input: ParseInput) => Parsed;

/** 「目標と取組は？」, 「KPIと具体的な施策」. */
const FIGURE_AND_TEXT =
  /(?:目標|kpi|数値|実績|率|割合|＿)(?:値)?(?:と|、|や|および|及び|・)[^。?]{0,10}(?:取り?組|施策|対策|方策|具体的|内容|やり方|方法)/;

const ACROSS = ['order', 'extreme', 'compare', 'standing', 'mean', 'whichBranch'] as const;
/** 「…の支部は何件？」 */
const COUNTS_BRANCHES = /支部(?:は|って|が)?(?:全部で)?何(?:か所|件|個)/g;
const COUNTED = /何(回|か所|人|名|件|社|事業所|日|円)/;

/** 「返納金の催告は何回？」 asks for no rate: what is counted is not what the indicator measures. */
function countsOtherThings({ said, indicators }: Reading, catalogue: Catalogue): boolean {
  const counted = COUNTED.exec(said.replace(COUNTS_BRANCHES, ''))?.[1];
  if (counted === undefined) return false;
  const units = catalogue.indicators.filter(({ id }) => indicators.includes(id)).map(({ unit }) => unit);
  const same = { 名: '人', 社: '事業所' }[counted] ?? counted;
  return units.length > 0 && !units.some((unit) => unit === same || unit === counted);
}

/** A figure is asked for, not what a plan says about it: little is left over, or the figure's words are there. */
function asksForFigure(reading: Reading, catalogue: Catalogue): boolean {
  const { cues, unexplained: letters, indicators, sure } = reading;
  if (reading.qualifier !== null && reading.condition === null) return false;
  if (indicators.length === 0 || (!cues.has('target') && countsOtherThings(reading, catalogue))) return false;
  const strong =
    cues.has('target') ||
    cues.has('actual') ||
    cues.has('state') ||
    reading.condition !== null ||
    (sure && (cues.has('number') || ACROSS.some((cue) => cues.has(cue))));
  if (cues.has('topic')) return strong ? letters <= 6 : letters <= 2 && sure;
  return strong ? letters <= 24 : letters <= (sure ? 5 : 2);
}

function readPassage(reading: Reading): Question {
  const { branches, fys, indicators } = reading;
  return {
    kind: 'passage',
    branches,
    fys: reading.nextYear || reading.relativeYear ? [] : fys,
    indicators,
    about: reading.about,
  };
}

/** What a reading asks by itself. */
function understand(reading: Reading, catalogue: Catalogue): Question {
  return (
    readTalk(reading) ??
    readDocuments(reading) ??
    readUnknown(reading, 'first') ??
    readBudget(reading) ??
    readMeasures(reading) ??
    readKpis(reading) ??
    readCounts(reading) ??
    (asksForFigure(reading, catalogue)
      ? (readShareOfNone(reading, catalogue) ??
        readNumberOfNone(reading, catalogue) ??
        readAcross(reading) ??
        readFigure(reading))
      : null) ??
    readUnknown(reading, 'last') ??
    readPassage(reading)
  );
}

function alone(question: Question): Parsed {
  return { question, inheritedYear: false, alsoText: null };
}

/** The grammar over one catalogue. Any text parses; nothing is looked up. */
export function createParse(catalogue: Catalogue, matcher: Matcher): Parse {
  return ({ text, previous, recent, today }) => {
    const words = normalize(text).replace(/\s+/g, ' ').trim();
    if (foldText(words).replace(/[\p{P}\p{S}]/gu, '') === '') return alone({ kind: 'talk', about: 'empty' });
    if (words.length > LONGEST_QUESTION) return alone({ kind: 'talk', about: 'too_long' });
    const reading = read(words, matcher, catalogue, today);
    const own = understand(reading, catalogue);
    const alsoText = own.kind === 'figure' && FIGURE_AND_TEXT.test(reading.said) ? reading.about : null;
    if (previous === null) return { question: own, inheritedYear: false, alsoText };
    const said = reading.fys.length > 0 || reading.previousYear || reading.nextYear;
    return { question: inThread(own, reading, previous, catalogue, recent), inheritedYear: !said, alsoText };
  };
}
