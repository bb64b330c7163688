import { beforeAll, describe, expect, it } from 'vitest';
import { createJudge } from '../../src/answers/judge.ts';
import { answerPassages, type TextQuestion } from '../../src/answers/passages.ts';
import type { Sources } from '../../src/answers/sources.ts';
import { createNameIndex, createWordReader } from '../../src/catalogue/name-index.ts';
import type { Passage } from '../../src/model/passage.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';
import { buildPassageIndex } from '../../src/search/passage-index.ts';
import { openPassageSearch } from '../../src/search/passage-search.ts';
import { knowledgeOfDocuments } from '../../src/store/document-knowledge.ts';
import { catalogue, TODAY, tokenizer } from './made-up-world.ts';

/** Branch, year, heading, text; 見本 stands before what index/sample would say. */
const PLANS: [string, number, string, string][] = [
  ['青森', 6, '広報', '・ラジオで健診を勧める番組を週に1回流す。'],
  [
    '青森',
    7,
    '広報',
    '・新聞に記事を載せる。\n・ラジオで健診を勧める番組を隔週木曜日に流す。\n・駅にポスターを貼る。',
  ],
  ['青森', 7, '窓口', '・窓口の混雑を避けるため、郵送による申請を勧める。'],
  ['岩手', 7, '広報', '・機関誌に健診の記事を載せる。'],
  ['岩手', 7, '健康づくり', '・健康宣言をした事業所に体組成計を貸し出す。'],
  ['秋田', 7, '健康づくり', '・血管年齢の測定機器を事業所へレンタルする。'],
  ['秋田', 7, '債権', '・返納金を納めない者に、弁護士名の催告状を送る。'],
  ['宮城', 7, '健康づくり', '・事業所の担当者を招いて健康経営のセミナーを開く。'],
  ['宮城', 7, '用語', '※ コラボヘルスとは、事業主と保険者が力を合わせる健康づくりのこと。'],
  ['宮城', 7, 'コラボヘルス', '・コラボヘルスを進め、コラボヘルスに取り組む事業所を増やす。'],
  ['山形', 7, '子ども', '・小学校で健康教室を開く。'],
  ['長野', 7, '若い世代', '・小学校に便りを送る。\n・大学で健康教室を開く。'],
  ['見本 青森', 7, '健康づくり', '・ストレッチの動画を配る。'],
  ['見本 福島', 7, '健康づくり', '・ストレッチの動画を配る。'],
];

let sources: Sources;
beforeAll(async () => {
  const documents = PLANS.map(toDocument);
  const knowledge = knowledgeOfDocuments(documents);
  const index = buildPassageIndex(
    documents.flatMap(({ passages }) => passages),
    tokenizer,
    catalogue.synonyms,
  );
  const passages = openPassageSearch(index, tokenizer, catalogue.synonyms);
  const wordsOf = createWordReader(catalogue, tokenizer);
  sources = {
    catalogue,
    today: TODAY,
    commitments: async () => [],
    reports: async () => [],
    indexNames: (_, entries) => createNameIndex(entries(), wordsOf),
    knowledge,
    passages,
    judge: await createJudge({ catalogue, knowledge, actuals: [] }),
  };
});

function toDocument(plan: (typeof PLANS)[number], at: number): IngestedDocument {
  const [name, fy, heading, text] = plan;
  const branch = name.replace('見本 ', '');
  const title = `${name.startsWith('見本') ? '見本 ' : ''}令和${fy}年度 事業計画（${branch}支部）`;
  const file = `${at}.txt`;
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
  const none = {
    kpis: [],
    referenceActuals: [],
    measures: [],
    budgets: [],
    commitments: [],
    counts: [],
    doubts: [],
  };
  const parts = [{ file, branch, fy, kind: 'plan' as const, status: null, title }];
  return { file, layout: 'made up', digest: 'a'.repeat(64), parts, passages: [passage], ...none };
}

function ask(about: string, more: Partial<TextQuestion> = {}) {
  return answerPassages({ branches: [], fys: [], indicators: [], about, which: false, ...more }, sources);
}

describe('what the plan says', () => {
  it('begins with the line that answers, and cites the lines that it shows', async () => {
    const answer = await ask('ラジオでは何を流す？', { branches: ['青森'] });
    expect(answer.kind).toBe('answered');
    expect(answer.text.split('\n').slice(0, 3)).toEqual([
      '青森支部 令和7年度・令和6年度 の資料から',
      '［広報］',
      '・ラジオで健診を勧める番組を隔週木曜日に流す。',
    ]);
    expect(answer.text).toContain('（令和7年度 事業計画（青森支部） 10～12行目）');
  });

  it.each([
    ['the newest year first where none is asked', 'ラジオで流す番組', '青森', '隔週木曜日'],
    ['the definition where a meaning is asked', 'コラボヘルスとは？', '宮城', '力を合わせる'],
    ['everyday words', '会社に測る機械を貸してくれる？', '秋田', '血管年齢'],
    ['who does not pay', 'お金を返してくれない人にはどうする', '秋田', '弁護士名'],
  ])('is found: %s', async (_, about, branch, words) => {
    const answer = await ask(about, { branches: [branch] });
    expect(answer.kind === 'answered' && answer.passages[0]?.text).toContain(words);
  });

  it('that no sure answer was found is said plainly, with what was searched and what is near', async () => {
    const answer = await ask('ラジオで健診を宣伝している？', { branches: ['岩手'] });
    expect(answer.kind).toBe('not_found');
    expect(answer.text).toContain('はっきり答える記載は、岩手支部の資料に見つかりませんでした');
    expect(answer.text).not.toContain('書かれていません');
    expect(answer.text).toContain('令和7年度 事業計画（岩手支部）');
    expect(answer.text).toContain('近い記載（お尋ねの答えとは限りません）');
    expect(answer.text).toContain('機関誌に健診の記事');
    expect(answer.passages).toMatchObject([{ title: '令和7年度 事業計画（岩手支部）', from: 10, to: 12 }]);
  });

  it('is not known of a plan whose figures alone are there, and no such plan counts as searched', async () => {
    const [part] = await sources.knowledge.parts();
    const figures = { branch: '鳥取', fy: 7, file: '鳥取.txt', title: '令和7年度 事業計画（鳥取支部）' };
    const parts = part === undefined ? [] : [...(await sources.knowledge.parts()), { ...part, ...figures }];
    const known = { ...sources, knowledge: { ...sources.knowledge, parts: async () => parts } };
    const of = (branches: string[]) =>
      answerPassages(
        { branches, fys: [], indicators: [], about: 'ラジオで健診を宣伝している？', which: false },
        known,
      );
    const alone = await of(['鳥取']);
    expect(alone.kind).toBe('not_found');
    expect(alone.text).toContain('鳥取支部の計画の本文は取り込まれていない');
    expect(alone.text).not.toMatch(/見つかりませんでした|探した資料/);
    const beside = await of(['岩手', '鳥取']);
    expect(beside.text).toContain('鳥取支部の計画の本文は取り込まれていないため、探していません');
    expect(beside.text).not.toContain(figures.title);
  });

  it.each([
    ['青森', '写真展の会場は？'],
    ['秋田', '保育園は何か所？'],
    ['秋田', '測定機器の問い合わせの電話番号は？'],
    ['宮城', 'ヨットのセミナーを開く？'],
  ])('what no plan has a word for is not answered by the rest: %s支部の%s', async (branch, about) => {
    expect((await ask(about, { branches: [branch] })).kind).toBe('not_found');
  });

  it('of a branch or year that no document is of is not searched elsewhere', async () => {
    const answer = await ask('ラジオで流す番組', { branches: ['沖縄'] });
    expect(answer).toMatchObject({ kind: 'not_found' });
    expect(answer.text).toContain('沖縄支部の資料がありません');
  });
});

describe('which branches', () => {
  it('are all that do it in any of its words, the count first, each with its line', async () => {
    const answer = await ask('会社に測る機械を貸している支部は？', { which: true });
    expect(answer.text.split('\n')[0]).toBe('記載があるのは2支部です。');
    expect(answer.text).toMatch(/・岩手支部 令和7年度：.*貸し出す/);
    expect(answer.text).toMatch(/・秋田支部 令和7年度：.*レンタル/);
    expect(answer.text).not.toContain('宮城支部');
  });

  it('say it in one sentence', async () => {
    const answer = await ask('小学校で健康教室を開く支部は？', { which: true });
    expect(answer.text).toContain('・山形支部');
    expect(answer.text).not.toContain('長野支部');
  });

  it('do what a phrase says, not what a name beside it does', async () => {
    const answer = await ask('駅にポスターや便りを出している支部は？', { which: true });
    expect(answer.text).toContain('・青森支部');
    expect(answer.text).not.toContain('長野支部');
  });

  it('that none does is no answer', async () => {
    expect((await ask('ヨットの教室を開いている支部は？', { which: true })).kind).toBe('not_found');
  });
});

describe('text of index/sample', () => {
  it('says that it is made up', async () => {
    const answer = await ask('ストレッチの動画は？', { branches: ['福島'] });
    expect(answer.text).toContain('見本の文章です');
  });

  it('never answers for a branch that real text is of', async () => {
    const answer = await ask('ストレッチの動画は？', { branches: ['青森'] });
    expect(answer.text).not.toContain('ストレッチの動画を配る');
  });
});
