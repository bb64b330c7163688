import { describe, expect, it } from 'vitest';
import { createAsk } from '../../src/answers/ask.ts';
import type { Passage } from '../../src/model/passage.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';
import { buildPassageIndex } from '../../src/search/passage-index.ts';
import { openPassageSearch } from '../../src/search/passage-search.ts';
import { knowledgeOfDocuments } from '../../src/store/document-knowledge.ts';
import { catalogue, tokenizer } from './made-up-world.ts';

const PLANS: [string, number, string, string][] = [
  ['神奈川', 6, '禁煙の支援', '禁煙の相談会を年２回開く。禁煙の手引きを配る。'],
  ['神奈川', 7, '禁煙の支援', '禁煙の相談会を年４回開く。禁煙の手引きを配る。禁煙外来の一覧を新たに載せる。'],
  ['神奈川', 6, '災害への備え', '避難の訓練を秋に行う。'],
  ['群馬', 6, '窓口の案内', '窓口の案内板を新しくする。'],
  ['群馬', 7, '禁煙の支援', '禁煙に取り組む会社を紹介する。'],
];

function documents(): IngestedDocument[] {
  return PLANS.map(([branch, fy, heading, text], index) => {
    const file = `${branch}-${fy}-${index}.txt`;
    const title = `令和${fy}年度 事業計画（${branch}支部）`;
    const passage: Passage = {
      file,
      title,
      branch,
      fy,
      section: [heading],
      from: 10,
      to: 12,
      page: null,
      text,
    };
    const parts = [{ file, branch, fy, kind: 'plan' as const, status: null, title }];
    const none = {
      kpis: [],
      referenceActuals: [],
      measures: [],
      budgets: [],
      commitments: [],
      counts: [],
      doubts: [],
    };
    return { file, layout: 'made up', digest: 'a'.repeat(64), parts, passages: [passage], ...none };
  });
}

describe('what changed between two plans', () => {
  const index = buildPassageIndex(
    documents().flatMap(({ passages }) => passages),
    tokenizer,
    catalogue.synonyms,
  );
  const passages = openPassageSearch(index, tokenizer, catalogue.synonyms);
  const ask = createAsk({ catalogue, knowledge: knowledgeOfDocuments(documents()), passages, tokenizer });
  const answerTo = async (text: string) =>
    (await ask({ text, context: null, today: { year: 2025, month: 7, day: 1 } })).answer;

  it.each([
    '神奈川の禁煙の支援は令和6年度から何が変わった？',
    '神奈川の禁煙の支援、令和6年度と令和7年度で何が違う？',
  ])('is told sentence by sentence: %s', async (question) => {
    const answer = await answerTo(question);
    expect(answer.text).toContain('違う文は2件、同じ文は1件');
    expect(answer.text).toMatch(
      /令和6年度：禁煙の相談会を年２回開く。\s*→ 令和7年度：禁煙の相談会を年４回開く。/,
    );
    expect(answer.text).toContain('令和7年度のみ：禁煙外来の一覧を新たに載せる。');
    expect(answer.kind === 'answered' && answer.sources.map(({ title }) => title)).toEqual([
      '令和7年度 事業計画（神奈川支部）',
      '令和6年度 事業計画（神奈川支部）',
    ]);
  });

  it('compares no sections that have nothing in common', async () => {
    const answer = await answerTo('群馬の禁煙の支援は令和6年度から何が変わった？');
    expect(answer.text).not.toContain('案内板');
  });

  it('names the branches whose plans do it, each with its sentence', async () => {
    const answer = await answerTo('避難の訓練を秋に行う支部はどこ？');
    expect(answer.text).toContain('記載があるのは1支部です。');
    expect(answer.text).toContain('神奈川支部 令和6年度：避難の訓練を秋に行う。');
  });
});
