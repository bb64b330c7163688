import { foldText } from '../japanese/fold.ts';
import type { Measure } from '../model/measure.ts';
import type { QuestionOf } from '../model/question.ts';
import { nameOf, type Sources } from './look-up.ts';

/** The pairs of kanji, katakana and letters in a text: what two texts must share to be about one thing. */
export function contentPairs(text: string): Set<string> {
  const pairs = new Set<string>();
  for (const run of foldContent(text)) {
    for (let at = 0; at + 1 < run.length; at++) pairs.add(run.slice(at, at + 2));
  }
  return pairs;
}

function foldContent(text: string): string[] {
  const words = text.normalize('NFKC').match(/[一-龠々]+|[ァ-ヶー]{2,}|[A-Za-z]{2,}/g) ?? [];
  return words.map(foldText);
}

export function shared(asked: ReadonlySet<string>, text: string): number {
  const own = contentPairs(text);
  let count = 0;
  for (const pair of asked) if (own.has(pair)) count++;
  return count;
}

/** Words of the question itself, not of what it is about. */
const ASKING = /評価|今後|予定|目標|実績|報告|進捗|実施状況|取組|令和|年度|支部|計画|次|理由|状況|現在/g;

/** Measures of the sections that an indicator's KPI stands in, or those whose words are asked about. */
export async function relevantMeasures(
  question: QuestionOf<'measures'>,
  measures: readonly Measure[],
  sources: Sources,
): Promise<Measure[]> {
  const names = question.indicators.map((id) => nameOf(sources.catalogue, id)).join(' ');
  const branch = sources.catalogue.branches
    .flatMap(({ name, prefecture }) => [prefecture, name])
    .filter(Boolean);
  let words = `${question.words} ${names}`.replace(ASKING, ' ');
  for (const name of branch) words = words.replaceAll(name, ' ');
  const asked = contentPairs(words);
  if (asked.size === 0) return [...measures];
  const scored = measures
    .map((measure) => ({
      measure,
      score: shared(
        asked,
        `${measure.section.join(' ')} ${measure.plan} ${measure.progress ?? ''} ${measure.next ?? ''}`,
      ),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  const near = scored.filter(({ score }) => score >= best * 0.6).map(({ measure }) => measure);
  return near.length > 0 ? near : question.mark === null ? [] : [...measures];
}
