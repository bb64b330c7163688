import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import { EMPTY_QUERY, type Query } from '../model/query.ts';
import { answerDefinition, answerDocuments, answerSchedule, answerTalk } from './about-bot.ts';
import { answerBudget } from './budgets.ts';
import { choice, notFound } from './card.ts';
import { answerCounts } from './counts.ts';
import { answerKpi } from './kpi.ts';
import { answerMeasures } from './measures.ts';
import { answerPassages, searchedTexts } from './passages.ts';
import { answerPlanned } from './planned-counts.ts';
import { type Sources, shortNameOf } from './sources.ts';
import { onlyStated } from './stated-figure.ts';

const CHANGES = /変わ|変化|変更|違い|違う|ちがい|ちがう|差|比べ|くらべ|比較|対比/;

/** What no table has may stand in the text of a plan. */
async function fromText(query: Query, sources: Sources): Promise<Answer> {
  const { scope, indicators, about, subject } = query;
  const branches = scope.branches.length > 0 ? scope.branches : subject;
  const fys = scope.relative === null ? scope.fys : [];
  const { type } = query.compute ?? { type: null };
  // What has changed of a number is told by the number, not by sentences; 取り上げる changes nothing.
  const changes =
    (type === 'change' || type === 'compare') &&
    CHANGES.test(about) &&
    !/[数額率](?:[はがの\s]|$)/.test(about);
  const answer = await answerPassages(
    { branches, fys, indicators, about, which: query.show === 'which', changes },
    sources,
  );
  if (query.show !== 'figure') return answer;
  const searched = searchedTexts({ branches, fys }, sources);
  return searched === null ? answer : onlyStated(query, answer, searched);
}

/** The rows of figures give no reasons; where the text speaks of the indicator, a button looks there. */
async function withReason(query: Query, answer: Answer, sources: Sources): Promise<Answer> {
  if (answer.kind !== 'answered' || query.show !== 'reason' || query.facts !== 'kpi') return answer;
  const names = query.indicators.slice(0, 1).map((id) => shortNameOf(sources.catalogue, id));
  const text: Query = {
    ...EMPTY_QUERY,
    facts: 'passage',
    indicators: query.indicators,
    about: `${names.join(' ')} 理由`,
    scope: query.scope,
    show: 'reason',
  };
  const found = await fromText(text, sources);
  const note = '数値の表には、その理由は書かれていません。';
  return {
    ...answer,
    note: `${answer.note ?? ''}${note}`,
    text: `${answer.text}\n※${note}`,
    choices:
      found.kind === 'answered' ? [choice('計画の本文で探す', text), ...answer.choices] : answer.choices,
  };
}

interface AnswerOptions {
  /** A rate was asked for without saying which. */
  vague: boolean;
  beforeReiwa: boolean;
}

/** One query, one answer; every figure in it comes from a document or from arithmetic that is shown. */
export async function answerQuery(
  query: Query,
  { vague, beforeReiwa }: AnswerOptions,
  sources: Sources,
): Promise<Answer> {
  if (beforeReiwa && query.scope.fys.length === 0 && query.facts !== 'passage') {
    const parts = await sources.knowledge.parts();
    const years = [...new Set(parts.map(({ fy }) => fy))].sort((a, b) => a - b).map(formatFiscalYear);
    return notFound(`平成の年度の資料はありません。資料があるのは${years.join('、')}です。`);
  }
  switch (query.facts) {
    case 'kpi':
      return withReason(query, await answerKpi(query, vague, sources), sources);
    case 'budget': {
      const answer = await answerBudget(query, sources);
      if (answer !== null) return answer;
      const text = query.about === '' ? null : await fromText(query, sources);
      if (text?.kind === 'answered' && /円/.test(text.text)) return text;
      const where = query.scope.branches.map(formatBranch).join('、');
      return notFound(
        `${where === '' ? '' : `${where}の`}予算に「${query.about}」に当たる項目は見つかりませんでした。`,
      );
    }
    case 'count':
      return (
        (await answerCounts(query, sources)) ??
        answerPlanned(query, sources) ??
        // What was reached stands in a report's tables; a plan's text has other numbers of it.
        (query.columns.includes('actual') && query.indicators.length > 0
          ? answerKpi(query, false, sources)
          : fromText(query, sources))
      );
    case 'measure':
      return (await answerMeasures(query, sources)) ?? fromText(query, sources);
    case 'passage':
      return (query.show === 'figure' ? answerPlanned(query, sources) : null) ?? fromText(query, sources);
    case 'definition':
      return answerDefinition(query, sources);
    case 'document':
      return answerDocuments(query, sources);
    case 'schedule':
      return answerSchedule(sources);
    case 'talk':
      return answerTalk(query, sources);
  }
}
