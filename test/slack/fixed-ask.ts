import type { Answer } from '../../src/model/answer.ts';
import type { Ask, ThreadContext } from '../../src/model/question.ts';
import { choices, kpiAnswer, rankAnswer } from './answers.ts';

/** Knows 東京's ジェネリック and what a thread was about; enough to see what the Slack layer does with answers. */
export const fixedAsk: Ask = async ({ text, context }) => {
  const topic: ThreadContext = {
    branches: ['東京'],
    fys: [3],
    indicators: ['generic_rate'],
    topic: 'kpi',
    asked: '東京支部の令和3年度のジェネリック医薬品使用割合の目標は？',
  };
  return {
    answer: answerTo(text, context),
    context: topic,
    question: { kind: 'figure', branch: '東京', fy: 3, indicators: ['generic_rate'], aspect: 'all' },
  };
};

function answerTo(text: string, context: ThreadContext | null): Answer {
  if (text === '') {
    return {
      ...kpiAnswer,
      topic: 'help',
      title: '使い方',
      headline: null,
      details: [],
      note: null,
      text: '支部名と指標名を入れて質問してください。',
      sources: [],
    };
  }
  if (/高い順/.test(text)) {
    return rankAnswer;
  }
  if (/健診率/.test(text)) {
    return { kind: 'clarify', text: 'どの健診率についてお調べしますか？', choices };
  }
  if (/じゃあ|前の年/.test(text) && context !== null) {
    return { ...kpiAnswer, title: `${context.branches[0]}の続き`, headline: '79.0％以上' };
  }
  if (/ジェネリック|GE/.test(text)) {
    return kpiAnswer;
  }
  return { kind: 'not_found', text: `「${text.slice(0, 50)}」は資料にありません。`, choices: [] };
}
