import type { Question } from '../model/question.ts';
import type { Reading } from './reading.ts';

const ABOUT_DOCUMENTS =
  /(?:どの|どんな|どこの|何の|何年度?の|いつの|どれ)[^。?？]{0,6}資料[^。?？]{0,8}(?:ある|あり|入って|載って|登録|取り込|持って|見られ|使え|$|[?？])|資料(?:の|を)?(?:一覧|りすと)|最新の?資料|資料は(?:いつ|どれ|何|どこ|どの)|(?:登録|取り込)[^。?？]{0,8}資料/;

/** 「どの支部の資料がありますか」, or a year and no more. Null where something in the documents is asked. */
export function readDocuments({
  said,
  branches,
  fys,
  indicators,
  cues,
  unexplained,
}: Reading): Question | null {
  if (indicators.length > 0 || cues.has('target') || cues.has('budget')) return null;
  if (/資料に/.test(said)) return null;
  const there = /資料(?:は|が|って)?(?:ある|あり|あれば)/.test(said) && unexplained <= 4;
  const onlyYear = fys.length > 0 && branches.length === 0 && unexplained === 0 && cues.size === 0;
  return onlyYear || there || ABOUT_DOCUMENTS.test(said) ? { kind: 'documents', branches, fys } : null;
}

/** Greetings, thanks, requests for help, and 「…とは？」; null where something else is asked. */
export function readTalk(reading: Reading): Question | null {
  const { cues, branches, indicators, fys, unexplained, said } = reading;
  const bare =
    branches.length === 0 && indicators.length === 0 && fys.length === 0 && reading.condition === null;
  if (bare && cues.has('help') && unexplained <= 8) return { kind: 'talk', about: 'help' };
  const asks =
    cues.has('target') ||
    cues.has('budget') ||
    cues.has('topic') ||
    cues.has('number') ||
    cues.has('evaluation');
  if (bare && !asks && unexplained <= 6) {
    if (cues.has('thanks')) return { kind: 'talk', about: 'thanks' };
    if (cues.has('greeting')) return { kind: 'talk', about: 'greeting' };
  }
  const differ = indicators.length > 1 && /違い|ちがい|どう違/.test(said) && !cues.has('target');
  if (branches.length === 0 && fys.length === 0 && differ && unexplained <= 4) {
    return { kind: 'definition', indicators };
  }
  const defines = cues.has('definition') && !cues.has('source') && indicators.length > 0 && reading.sure;
  const figures = cues.has('actual') || cues.has('compare') || /何(?:%|ぱー|件|人)/.test(said);
  if (defines && branches.length === 0 && !figures && unexplained <= 4) {
    return { kind: 'definition', indicators };
  }
  return null;
}
