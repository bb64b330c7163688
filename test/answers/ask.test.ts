import { describe, expect, test } from 'vitest';
import { EMPTY_QUERY, ThreadContext } from '../../src/model/query.ts';
import { rowsOf, TODAY, world, worldOver } from './made-up-world.ts';

describe('what a channel or a person has set', () => {
  const asked = (text: string, defaults: { branch?: string; fy?: number }) =>
    world.ask({ text, context: null, today: TODAY, defaults });

  test('takes the place of a branch that is not said, and that is told', async () => {
    const { answer } = await asked('ジェネリックの目標は？', { branch: '青森' });
    expect(rowsOf(answer)).toEqual(['青森-3:10 82.5']);
    expect(answer.text).toContain('支部の指定がないため、既定の青森支部でお答えしました');
  });

  test.each([
    ['ジェネリックの推移をグラフで', ['愛知-3:10 80.3', '愛知-6:10 83', '愛知-7-september:10 85']],
    [
      '令和3年度から令和7年度のジェネリックの推移',
      ['愛知-3:10 80.3', '愛知-6:10 83', '愛知-7-september:10 85'],
    ],
    ['ジェネリックの推移', ['愛知-3:10 80.3', '愛知-6:10 83', '愛知-7-september:10 85']],
    ['ジェネリックを青森と比べて', ['愛知-3:10 80.3', '青森-3:10 82.5']],
    ['青森とジェネリックを比べて', ['愛知-3:10 80.3', '青森-3:10 82.5']],
  ])('%s: is one side of what is compared, and what changes over the years', async (text, rows) => {
    const { answer } = await asked(text, { branch: '愛知' });
    expect(answer.text).toContain('既定の愛知支部');
    expect(rowsOf(answer)).toEqual(expect.arrayContaining(rows));
  });

  test.each([
    ['ジェネリックの目標、去年より上がった？', ['はい。', '令和6年度の目標 83.0％以上', '既定の愛知支部']],
    ['ジェネリックの目標は令和6年度より高い？', ['はい。', '令和6年度の目標 83.0％以上', '既定の愛知支部']],
    ['令和3年度のジェネリックの目標は全国平均より高い？', ['いいえ。', '80.3％以上', '既定の愛知支部']],
    ['令和3年度のジェネリックの目標は青森より高い？', ['いいえ。', '82.5％以上', '既定の愛知支部']],
    ['ジェネリックの目標が去年より高いのは？', ['2支部です', '愛知支部', '静岡支部']],
  ])('%s: is what a claim is about', async (text, said) => {
    const { answer } = await asked(text, { branch: '愛知' });
    for (const part of said) expect(answer.text).toContain(part);
  });

  test.each([
    ['うちと青森と宮城でジェネリックの目標を比べて', ['愛知-3:10 80.3', '青森-3:10 82.5', '宮城-3:10 80']],
    ['うちと青森でジェネリックの目標を比べて', ['愛知-3:10 80.3', '青森-3:10 82.5']],
    [
      '令和3年度のジェネリックの目標がうちより上の支部は？',
      ['青森-3:10 82.5', '岩手-3:10 84', '島根-3:10 81', '山口-3:10 81'],
    ],
    ['令和3年度、うちのジェネリックの目標は？', ['愛知-3:10 80.3']],
  ])('%s: is who うち is', async (text, rows) => {
    const { answer } = await asked(text, { branch: '愛知' });
    expect(rowsOf(answer)).toEqual(rows);
    expect(answer.text).not.toContain('既定の');
    const open = await asked(text, {});
    expect(open.answer.kind).toBe('clarify');
    expect(open.answer.text).toContain('どの支部のことでしょうか');
  });

  test.each([
    ['愛知のジェネリックの目標は去年より上がった？'],
    ['愛知のジェネリックの目標は去年から何ポイント上がった？'],
  ])('%s: a year without documents is said', async (text) => {
    const today = { year: 2026, month: 11, day: 30 };
    const { answer } = await world.ask({ text, context: null, today });
    expect(answer.kind).toBe('not_found');
    expect(answer.text).toContain('令和8年度の');
  });

  test.each([
    ['青森の令和3年度のジェネリックの目標と実績を比べて'],
    ['青森のジェネリックと郵送化率を比べて'],
    ['青森のジェネリックを全国平均と比べて'],
  ])('%s: is beside nothing that has its two sides', async (text) => {
    const { answer } = await asked(text, { branch: '愛知' });
    expect(answer.text).not.toContain('既定');
  });

  test('is the first button where a button leaves the branch open', async () => {
    const open = { ...EMPTY_QUERY, indicators: ['generic_rate'], columns: ['target' as const] };
    const { answer } = await world.ask({
      text: '',
      query: open,
      context: null,
      today: TODAY,
      defaults: { branch: '岩手' },
    });
    expect(answer.choices[0]?.label).toBe('岩手支部');
    expect(answer.text).toContain('（岩手支部、');
  });

  test.each(['high', 'low'] as const)(
    'has its row beside a long ranking, also of a button (%s)',
    async (order) => {
      const scope = { ...EMPTY_QUERY.scope, every: true, fys: [3] };
      const query = {
        ...EMPTY_QUERY,
        indicators: ['generic_rate'],
        columns: ['target' as const],
        scope,
        order,
      };
      const pressed = { text: '', query, context: null, today: TODAY };
      const { answer } = await world.ask(pressed);
      if (answer.kind !== 'answered') throw new Error(answer.text);
      const last = answer.table?.rows.at(-1)?.map(({ text }) => text) ?? [];
      const own = last.find((text) => text.endsWith('支部')) ?? '';
      expect(answer.table?.rows.length).toBeGreaterThan(10);
      const told = await world.ask({ ...pressed, defaults: { branch: own.replace('支部', '') } });
      expect(told.answer).toMatchObject({ details: [{ label: own }] });
    },
  );

  test('takes the place of a year that is not said, and that is told', async () => {
    const { answer } = await asked('愛知のジェネリックの目標は？', { fy: 6 });
    expect(rowsOf(answer)).toEqual(['愛知-6:10 83']);
    expect(answer.text).toContain('年度の指定がないため、既定の令和6年度でお答えしました');
  });

  test('never takes the place of what is said', async () => {
    const { answer } = await asked('愛知の令和3年度のジェネリックの目標は？', { branch: '青森', fy: 6 });
    expect(rowsOf(answer)).toEqual(['愛知-3:10 80.3']);
    expect(answer.text).not.toContain('既定');
  });

  test('narrows no question about all branches', async () => {
    const { answer } = await asked('ジェネリックの目標が一番高い支部は？', { branch: '青森' });
    expect(rowsOf(answer)).toEqual(['岩手-3:10 84']);
  });

  test('keeps a search of text to its branch', async () => {
    const elsewhere = await asked('砂丘の近くの会社との相談会は？', {});
    expect(elsewhere.answer.text).toContain('鳥取支部 令和3年度 の資料から');
    const { answer } = await asked('砂丘の近くの会社との相談会は？', { branch: '島根' });
    expect(answer.kind).toBe('not_found');
    expect(answer.text).not.toContain('鳥取');
    // So does one that a part of the question that could not be read leads to.
    const unread = await asked('禁煙の相談会の目標は？', { branch: '島根' });
    expect(unread.answer.text).not.toContain('鳥取');
  });

  test('gives way where the year lies ahead of the documents', async () => {
    const { answer } = await asked('青森のジェネリックの目標は？', { fy: 8 });
    expect(rowsOf(answer)).toEqual(['青森-3:10 82.5']);
  });
});

test('one word has one meaning, whichever branch it is asked of', async () => {
  const { ask } = worldOver(undefined, {
    change: (documents) => {
      const [only] = documents.flatMap(({ kpis }) =>
        kpis.filter(({ indicator }) => indicator === 'dependents_checkup'),
      );
      // 三重 has two years of it and one of what most branches mean.
      return documents.map((one) =>
        !one.file.startsWith('三重') || only === undefined
          ? one
          : {
              ...one,
              kpis: [
                ...one.kpis,
                {
                  ...only,
                  branch: '三重',
                  fy: one.parts[0]?.fy ?? 7,
                  actual: null,
                  source: { ...only.source, file: one.file },
                },
              ],
            },
      );
    },
  });
  for (const text of ['健診実施率の目標のランキング', '三重の健診実施率の目標は令和5年度より高い？']) {
    const { answer } = await ask({ text, context: null, today: TODAY });
    expect(answer.text).toContain('生活習慣病予防健診実施率');
    expect(answer.text.split('\n')[0]).not.toContain('被扶養者');
  }
});

describe('a branch that nobody said', () => {
  test.each([
    ['窓口の受付率の実績は？'],
    ['未達成のKPIは？'],
    ['ラジオ番組の予算は？'],
    ['取組の評価が△だったものは？'],
  ])('is told before its figures: %s', async (text) => {
    const answer = await world.answerTo(text);
    const [title, assumed] = answer.text.split('\n');
    expect(title).toContain('愛知支部');
    expect(assumed).toMatch(/^支部の指定がないため、.+のある愛知支部です。$/);
  });
});

describe('a thread', () => {
  test('is data: it goes on after it was kept as text', async () => {
    const { context } = await world.asked('北海道のジェネリックの目標は？', '青森は？');
    const kept = ThreadContext.parse(JSON.parse(JSON.stringify(context)));
    expect(kept).toEqual(context);
    const { answer } = await world.ask({ text: 'どっちが高い？', context: kept, today: TODAY });
    expect(answer.text).toContain('青森支部のほうが2.5ポイント高いです（82.5 − 80）');
  });

  test('has another year where a branch lacks the one that was talked about, and that is told', async () => {
    const answer = await world.answerTo('愛知の令和7年度のジェネリックの目標は？', '青森は？');
    expect(rowsOf(answer)).toEqual(['青森-3:10 82.5']);
    expect(answer.text).toContain('令和7年度の資料がないため、ある年度でお答えしました');
  });

  test('goes on from a button as from a question', async () => {
    const first = await world.asked('ジェネリックの目標は？');
    const aomori = first.answer.choices.find(({ label }) => label === '青森支部');
    expect(aomori).toBeDefined();
    const { answer, context } = await world.ask({
      text: '岩手の郵送化率は？',
      query: aomori?.query,
      context: first.context,
      today: TODAY,
    });
    expect(rowsOf(answer)).toEqual(['青森-3:10 82.5']);
    const next = await world.ask({ text: '宮城は？', context, today: TODAY });
    expect(rowsOf(next.answer)).toEqual(['宮城-3:10 80']);
  });
});

describe('a figure that staff reported', () => {
  test('counts for the course of the year', async () => {
    const told = (fy: number, asOf: string, value: number) => ({
      branch: '愛知',
      fy,
      indicator: 'guidance_insured',
      asOf,
      value,
      text: `${value}％`,
      note: null,
      source: { file: 'figures.csv', line: 1, page: null, title: '職員の報告' },
    });
    // Last year a quarter of the result was reached by September: 6 of 20 are on course.
    const slow = worldOver(undefined, { actuals: [told(6, '2024-09-30', 4), told(6, '2025-03-31', 18)] });
    expect((await world.answerTo('愛知の被保険者の特定保健指導は順調？')).text).toContain('遅れ');
    expect((await slow.answerTo('愛知の被保険者の特定保健指導は順調？')).text).toContain('順調');
  });
});

describe('a draft alone', () => {
  test('answers until the approved plan is there', async () => {
    const drafted = worldOver(undefined, {
      change: (documents) => documents.filter(({ file }) => file !== '静岡-7-approved.txt'),
    });
    const question = '静岡の令和7年度のジェネリックの目標は？';
    expect(rowsOf(await drafted.answerTo(question))).toEqual(['静岡-7-draft:10 84']);
    expect(rowsOf(await world.answerTo(question))).toEqual(['静岡-7-approved:10 84.5']);
  });

  test('the order in which documents are known does not matter', async () => {
    const turned = worldOver(undefined, {
      change: (documents) =>
        documents.map((document) => {
          const rename = (file: string) =>
            file.includes('approved')
              ? file.replace('静岡-7', 'あ静岡-7')
              : file.replace('愛知-7-may', 'ん愛知-7-may');
          const moved = <T extends { source: { file: string } }>(rows: T[]) =>
            rows.map((row) => ({ ...row, source: { ...row.source, file: rename(row.source.file) } }));
          return {
            ...document,
            file: rename(document.file),
            parts: document.parts.map((part) => ({ ...part, file: rename(part.file) })),
            kpis: moved(document.kpis),
          };
        }),
    });
    expect(rowsOf(await turned.answerTo('静岡の令和7年度のジェネリックの目標は？'))).toEqual([
      'あ静岡-7-approved:10 84.5',
    ]);
    expect((await turned.answerTo('愛知の窓口受付率の実績は？')).text).toContain('1.5％（９月時点）');
  });
});

describe('figures to be drawn', () => {
  test('an order is a bar for each branch that has a figure, highest first', async () => {
    const { chart, table } = await world.answeredTo('ジェネリックの目標を高い順に', 'グラフにして');
    const points = chart?.series.flatMap((series) => series.points) ?? [];
    expect(chart?.kind).toBe('bar');
    expect(points.map(({ value }) => value)).toEqual([84, 82.5, 81, 81, 80.3, 80, 80, 79, 78.5, 77]);
    expect(points[0]?.label).toBe('岩手支部');
    expect(table?.rows.slice(0, 5).map(([place, who]) => `${place?.text} ${who?.text}`)).toEqual([
      '1位 岩手支部',
      '2位 青森支部',
      '3位 島根支部',
      '3位 山口支部',
      '5位 愛知支部',
    ]);
  });

  test('years are a line, oldest first', async () => {
    const { chart } = await world.answeredTo('愛知の令和3と6と7のジェネリックの目標');
    expect(chart?.kind).toBe('line');
    expect(chart?.series.flatMap(({ points }) => points)).toEqual([
      { label: '令和3年度', value: 80.3 },
      { label: '令和6年度', value: 83 },
      { label: '令和7年度', value: 85 },
    ]);
  });
});
