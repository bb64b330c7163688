import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { PassageHit } from '../model/passage.ts';
import type { QuestionOf } from '../model/question.ts';
import { answered, notFound } from './card.ts';
import { answerChanges } from './changes.ts';
import type { Sources } from './look-up.ts';
import { overlaps } from './overlap.ts';
import { shorten, sourceOf, toAnswerPassage } from './passage-parts.ts';

const SHOWN = 3;
/** Branches that are listed where the question is which branches do it. */
const SHOWN_BRANCHES = 10;

/** 「…している支部はどこ？」 is answered by branches, each with its best passage. */
const ASKS_WHO =
  /どこの?支部|どの支部|支部(?:は|って|が)?(?:どこ|どれ|あ(?:る|り)|[?？]|$)|どこ(?:です|だ|が|[?？]|$)/;

/** Searches with the years and branches that were said; without a year, all years of the branch. */
export function searchPassages(
  words: string,
  branches: readonly string[],
  fys: readonly number[],
  sources: Sources,
): PassageHit[] {
  const eachBranch = branches.length === 0 && ASKS_WHO.test(words);
  return sources.passages.search({
    text: words,
    limit: eachBranch ? SHOWN_BRANCHES : SHOWN,
    ...(eachBranch ? { each: 'branch' as const } : {}),
    ...(branches.length > 0 ? { branches } : {}),
    ...(fys.length > 0 ? { fys } : {}),
  });
}

/** A day as the asker sees it is what no plan is about, though texts have the word. */
const ASKERS_DAY = /今日|本日|明日|明後日|昨日|今週|来週|先週|何(?:日|時|曜日)/g;

/** With no branch and no indicator said, a question may be about anything at all: its words must be in the text. */
function onTopic(about: string, hits: PassageHit[]): PassageHit[] {
  const [best] = overlaps(about.replace(ASKERS_DAY, ' '), hits, ({ passage }) => passage.text);
  return best !== undefined && best.coverage >= 0.25 ? hits : [];
}

/** What the plans say, quoted with its place. */
export async function answerPassage(question: QuestionOf<'passage'>, sources: Sources): Promise<Answer> {
  const { about, branches, fys } = question;
  const changes = await answerChanges(question, sources);
  if (changes !== null) return changes;
  const found = searchPassages(about, branches, fys, sources);
  const hits = branches.length > 0 || question.indicators.length > 0 ? found : onTopic(about, found);
  const [best] = hits;
  if (best === undefined) {
    const where = branches.map(formatBranch).join('、');
    const when = fys.map(formatFiscalYear).join('・');
    const scope = [where, when].filter(Boolean).join('の');
    return notFound(
      `${scope === '' ? '' : `${scope}の`}資料には、お尋ねの内容が見つかりませんでした。ことばを変えるか、支部名や年度をつけてお尋ねください。`,
    );
  }
  return branches.length === 0 && ASKS_WHO.test(about) ? answerWho(hits) : answerHits(hits);
}

/** The branches whose plans say it, each with the sentence that says it. */
function answerWho(hits: readonly PassageHit[]): Answer {
  return answered({
    topic: 'passage',
    title: `近い記載のある支部（近い順に${hits.length}支部）`,
    lines: hits.map(({ passage, excerpt }) => {
      const said = excerpt.sentences.length > 0 ? excerpt.sentences.join('') : passage.text;
      const place = `${passage.title} ${passage.from}行目`;
      return `・${formatBranch(passage.branch)} ${formatFiscalYear(passage.fy)}：${shorten(said)}（${place}）`;
    }),
    passages: hits.map(toAnswerPassage),
    sources: hits.map(sourceOf),
  });
}

/** Quotes passages, best first. */
export function answerHits(hits: readonly PassageHit[]): Answer {
  const [best] = hits;
  if (best === undefined) return notFound('お尋ねの内容は資料に見つかりませんでした。');
  const { passage } = best;
  return answered({
    topic: 'passage',
    title: `${formatBranch(passage.branch)} ${formatFiscalYear(passage.fy)} の資料から`,
    lines: hits.map((hit, at) => {
      const { passage, excerpt, alike } = hit;
      const path = passage.section.length > 0 ? `［${passage.section.join(' > ')}］\n` : '';
      // The first is shown whole; of the others what answers is enough to judge them by.
      const text = at === 0 || excerpt.sentences.length === 0 ? passage.text : excerpt.sentences.join('\n');
      const same = alike.length === 0 ? '' : `、ほぼ同じ記載がほかに${alike.length}か所`;
      return `${path}${shorten(text)}\n（${passage.title} ${passage.from}行目から${passage.to}行目${same}）`;
    }),
    passages: hits.map(toAnswerPassage),
    sources: hits.map(sourceOf),
  });
}
