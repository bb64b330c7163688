import type { Answer } from '../../src/model/answer.ts';
import type { Ask } from '../../src/model/ask.ts';
import type { Query, ThreadContext } from '../../src/model/query.ts';
import { choices, kpiAnswer, kpiQuery, rankAnswer } from './answers.ts';

/** How `kpiQuery` reads in Japanese. */
export const UNDERSTOOD = '東京支部 令和3年度 ジェネリック医薬品使用割合の目標';

/** Knows 東京's ジェネリック and what a thread was about; enough to see what the Slack layer does with answers. */
export const fixedAsk: Ask = async ({ text, query, context }) => ({
  answer: query?.indicators.includes('generic_rate') ? kpiAnswer : answerTo(text, context),
  query: { ...kpiQuery, facts: factsOf(text) },
  understood: UNDERSTOOD,
  context: { query: kpiQuery, recent: [kpiQuery] },
  questions: 1,
});

/** Thanks are talk, and of 相談会 the plans only write. */
function factsOf(text: string): Query['facts'] {
  if (/ありがとう/.test(text)) return 'talk';
  return /相談会/.test(text) ? 'passage' : kpiQuery.facts;
}

function answerTo(text: string, context: ThreadContext | null): Answer {
  if (text === '') {
    return {
      ...kpiAnswer,
      topic: 'help',
      title: '使い方',
      headline: null,
      details: [],
      lines: ['支部名と指標名を入れて質問してください。'],
      note: null,
      text: '支部名と指標名を入れて質問してください。',
      sources: [],
    };
  }
  if (/高い順/.test(text)) {
    return rankAnswer;
  }
  if (/健診率/.test(text)) {
    return { kind: 'clarify', text: 'どの健診率についてお調べしますか？', passages: [], choices };
  }
  if (/じゃあ|前の年/.test(text) && context !== null) {
    return { ...kpiAnswer, title: `${context.query.scope.branches[0]}の続き`, headline: '79.0％以上' };
  }
  if (/ジェネリック|GE|ありがとう|相談会/.test(text)) {
    return kpiAnswer;
  }
  return {
    kind: 'not_found',
    text: `「${text.slice(0, 50)}」は資料にありません。`,
    passages: [],
    choices: [],
  };
}
