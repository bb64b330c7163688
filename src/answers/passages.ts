import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { TextDocument } from '../model/knowledge.ts';
import { isSample, type PassageHit } from '../model/passage.ts';
import { answered, notFound, withNear } from './card.ts';
import { answerChanges } from './changes.ts';
import { passagePlace, quoteOf, sourceOf, toAnswerPassage, toNearPassage } from './passage-parts.ts';
import type { Sources } from './sources.ts';

/** A question about what the plans say. */
export interface TextQuestion {
  branches: readonly string[];
  fys: readonly FiscalYear[];
  indicators: readonly IndicatorId[];
  /** The question's own words without branch and year. */
  about: string;
  /** Every branch that does it is asked for. */
  which: boolean;
  /** What differs between two years or branches is asked for. */
  changes?: boolean;
}

const SHOWN = 3;
/** A further place is shown only where it scores at least this share of the first. */
const WORTH_SHOWING = 0.5;
/** Places looked at for one that states the figure or the meaning that is asked for. */
const LOOKED_AT = 8;
const DOCUMENTS_NAMED = 3;
/** A day as the asker sees it is what no plan is about, though texts have the word. */
const ASKERS_DAY = /今日|本日|明日|明後日|昨日|今週|来週|先週|何(?:日|時|曜日)/g;

/** A question for a figure, and how texts state such a figure. */
const FIGURES: readonly { asked: RegExp; stated: RegExp }[] = [
  { asked: /何件|件数/, stated: /\d\s*件/ },
  { asked: /いくら(?:で|です|に|だ|の|$|[?？])|何円|金額/, stated: /\d\s*(?:千|万|億|百万)?円/ },
  { asked: /何人|何名|人数/, stated: /\d\s*(?:人|名)/ },
  { asked: /何回|回数/, stated: /\d\s*回|毎月|毎週|年\d/ },
  { asked: /何社|何か所|何ヶ所|何箇所|いくつ/, stated: /\d/ },
  { asked: /電話番号|住所|アドレス/, stated: /\d{2,4}[-(]\d{2,4}|#\d{4}|@|https?:/ },
  { asked: /何歳|何才/, stated: /\d\s*歳/ },
  { asked: /何(?:%|パーセント|割)/, stated: /\d\s*(?:%|割)/ },
  {
    asked: /いつ(?!も)|何月|何日|何時|時期(?:は|って|を教|$)|期限/,
    stated:
      /\d\s*(?:[かヶカケ]?月|日|年|時|週)|毎[月週年]|[上下]期|四半期|[月火水木金土日]曜|[当翌]日|年度(?:当初|末)|時期|定期|随時|都度|[のた]際|後に|前に/,
  },
];
/** Something else is asked beside the figure. */
const ASKS_MORE = /何(?:を|に|が|と|で)|どこ|どう|どんな|誰|だれ|なぜ/;
/** A place that states the figure, or the meaning, goes before one that scores up to this much more. */
const STATED = 1.25;
const DEFINED = 2.5;
const ASKS_MEANING = /とは(?:何|なに|$|[?？])|って(?:何|なに)|どういう意味|の意味|何の略|頭文字/;
const MEANING = /とは[、,]|^※|[(（]※|のこと。|をいう|の略/m;

/** What the plans say, quoted with its place; or that they do not say it, with what is near. */
export async function answerPassages(question: TextQuestion, sources: Sources): Promise<Answer> {
  if (question.changes === true) {
    const changes = await answerChanges(question, sources);
    if (changes !== null) return changes;
  }
  const hits = searchPassages(question, sources);
  const stated = ASKS_MORE.test(question.about)
    ? []
    : FIGURES.filter(({ asked }) => asked.test(question.about)).map((figure) => figure.stated);
  const most = Math.max(...hits.map(({ score }) => score));
  // A place that does not state the figure that is asked for is near, and no answer; nor is a far one that states any.
  const answers = hits.filter(
    ({ answers: isAnswer, passage, score }) =>
      isAnswer &&
      (stated.length === 0 ||
        (score >= most * WORTH_SHOWING &&
          stated.some((pattern) => pattern.test(passage.text.normalize('NFKC'))))),
  );
  if (answers.length === 0) return notSaid(question, hits, sources);
  return question.which ? answerWhich(answers) : answerHits(answers);
}

/** Searches with the years and branches that were said; without a year, all years of the branch. */
function searchPassages(
  { about, branches, fys, which }: Pick<TextQuestion, 'about' | 'branches' | 'fys' | 'which'>,
  { passages, catalogue }: Pick<Sources, 'passages' | 'catalogue'>,
): PassageHit[] {
  const hits = passages.search({
    text: about.replace(ASKERS_DAY, ' '),
    limit: which ? catalogue.branches.length : LOOKED_AT,
    ...(which ? { each: 'branch' as const } : {}),
    ...(branches.length > 0 ? { branches } : {}),
    ...(fys.length > 0 ? { fys } : {}),
  });
  return which ? hits : statedFirst(about, hits);
}

/** What states the figure or the meaning that is asked for goes before what only speaks of it. */
function statedFirst(about: string, hits: readonly PassageHit[]): PassageHit[] {
  const figures = FIGURES.filter(({ asked }) => asked.test(about));
  const asksMeaning = ASKS_MEANING.test(about);
  const weigh = (hit: PassageHit) => {
    const states = figures.some(({ stated }) => stated.test(hit.passage.text.normalize('NFKC')));
    const defines = asksMeaning && hit.excerpt.sentences.some((sentence) => MEANING.test(sentence));
    return hit.score * (states ? STATED : 1) * (defines ? DEFINED : 1);
  };
  return [...hits].sort((a, b) => Number(b.answers) - Number(a.answers) || weigh(b) - weigh(a));
}

/** Quotes passages, best first; further ones only where they are nearly as good. */
function answerHits(hits: readonly PassageHit[]): Answer {
  const [best] = hits;
  if (best === undefined) return notFound('お尋ねの内容は資料に見つかりませんでした。');
  const shown = hits.filter(({ score }) => score >= best.score * WORTH_SHOWING).slice(0, SHOWN);
  return answered({
    topic: 'passage',
    title: `${groupName(shown)} の資料から`,
    lines: shown.map((hit) => quoteOf(hit)),
    notes: [sampleNote(shown)],
    passages: shown.map(toAnswerPassage),
    sources: shown.map(sourceOf),
  });
}

/** The branches whose plans say it, each with the line that says it. */
function answerWhich(hits: readonly PassageHit[]): Answer {
  return answered({
    topic: 'passage',
    title: `記載があるのは${hits.length}支部です。`,
    lines: hits.map(({ passage, excerpt }) => {
      const said = excerpt.sentences.join('') || passage.text;
      return `・${formatBranch(passage.branch)} ${formatFiscalYear(passage.fy)}：${shorten(said, 160)}（${passagePlace(passage)}）`;
    }),
    notes: [sampleNote(hits)],
    passages: hits.map(toAnswerPassage),
    sources: hits.map(sourceOf),
  });
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** The branches and years that passages are of, each once: 青森支部・岩手支部 令和3年度. */
function groupName(hits: readonly PassageHit[]): string {
  const years = new Map<string, Set<FiscalYear>>();
  for (const { passage } of hits)
    years.set(passage.branch, (years.get(passage.branch) ?? new Set()).add(passage.fy));
  const byYears = new Map<string, string[]>();
  for (const [branch, fys] of years) {
    const when = [...fys].map(formatFiscalYear).join('・');
    byYears.set(when, [...(byYears.get(when) ?? []), formatBranch(branch)]);
  }
  return [...byYears].map(([when, branches]) => `${branches.join('・')} ${when}`).join('、');
}

function sampleNote(hits: readonly PassageHit[]): string | null {
  return hits.some(({ passage }) => isSample(passage)) ? '見本の文章です。実際の計画ではありません。' : null;
}

type TextScope = Pick<TextQuestion, 'branches' | 'fys'>;

/** The documents of a scope whose text is there; samples are none of any branch. */
function textsOf({ branches, fys }: TextScope, { passages }: Pick<Sources, 'passages'>): TextDocument[] {
  return passages
    .documents({
      ...(branches.length > 0 ? { branches } : {}),
      ...(fys.length > 0 ? { fys } : {}),
    })
    .filter((document) => !isSample(document));
}

/** Which documents' text was searched; null where only figures of the scope are known, which says nothing of the text. */
export function searchedTexts(scope: TextScope, sources: Pick<Sources, 'passages'>): string | null {
  const titles = [...new Set(textsOf(scope, sources).map(({ title }) => title))];
  if (titles.length === 0) return null;
  const more = titles.length > DOCUMENTS_NAMED ? ` ほか${titles.length - DOCUMENTS_NAMED}資料` : '';
  return `探した資料：${titles.slice(0, DOCUMENTS_NAMED).join('、')}${more}`;
}

/** 青森支部の令和3年度の資料. */
export function scopeName({ branches, fys }: TextScope): string {
  return [branches.map(formatBranch).join('、'), fys.map(formatFiscalYear).join('・'), '資料']
    .filter(Boolean)
    .join('の');
}

/** That no sure answer was found, which documents were searched, and what comes near; or that their text is not there. */
async function notSaid(
  { branches, fys }: TextQuestion,
  near: readonly PassageHit[],
  sources: Sources,
): Promise<Answer> {
  const searched = searchedTexts({ branches, fys }, sources);
  const where = scopeName({ branches, fys });
  const nearest = near.slice(0, SHOWN).map(toNearPassage);
  if (searched === null) {
    const parts = (await sources.knowledge.parts()).filter(
      ({ branch, fy }) =>
        (branches.length === 0 || branches.includes(branch)) && (fys.length === 0 || fys.includes(fy)),
    );
    if (parts.length === 0 && near.length === 0)
      return notFound(`${where}がありません。支部名や年度を変えてお尋ねください。`);
    const absent = `${where.replace(/資料$/, '計画')}の本文は取り込まれていないため、書かれているかどうかをお答えできません。`;
    const askable = parts.length === 0 ? null : '目標などの数値はお答えできます。';
    return withNear(notFound(`${absent}${askable ?? ''}`), nearest);
  }
  const texts = textsOf({ branches, fys }, sources);
  const without = branches.filter((branch) => texts.every((text) => text.branch !== branch));
  const said = [
    `お尋ねにはっきり答える記載は、${where}に見つかりませんでした。`,
    searched,
    ...(without.length === 0
      ? []
      : [`${without.map(formatBranch).join('、')}の計画の本文は取り込まれていないため、探していません。`]),
    ...(nearest.length > 0 ? [] : ['言葉を変えるか、支部名や年度をつけてお尋ねください。']),
  ];
  return withNear(notFound(said.join('\n')), nearest);
}
