import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeQuery } from '../../src/answers/describe.ts';
import type { Planbot } from '../../src/app/planbot.ts';
import { createPlanbot } from '../../src/app/planbot.ts';
import type { Asked } from '../../src/model/ask.ts';
import { decodeQuery, encodeQuery, type Query } from '../../src/model/query.ts';
import { buttonValue, questionOf } from '../../src/slack/button-question.ts';

const TODAY = { year: 2025, month: 8, day: 10 };

/** Over index/facts and index/sample, as every installation has them: answered, asked back and refused. */
const QUESTIONS = [
  '東京支部のジェネリックの目標は？',
  '東京支部のジェネリックは？',
  'ジェネリックの目標は？',
  '健診率は？',
  '東京の健診率は？',
  '東京のKPIの一覧',
  '東京の令和7年度のKPI',
  '東京の遅れているKPIは？',
  '東京の達成しているKPIは？',
  '群馬の新しく増えたKPIは？',
  '東京の未報告のKPIは？',
  '東京の達成率が一番低いKPIは？',
  '令和3年度のジェネリックの目標を全支部で高い順に',
  '令和3年度のジェネリックの目標が低い支部を5つ',
  '東京は全支部中何位？令和3年度のジェネリックの目標',
  '令和3年度のジェネリックの目標が80％以上の支部は？',
  '令和3年度のジェネリックの目標が平均より高い支部は何支部？',
  '令和3年度のジェネリックの目標の中央値は？',
  '九州のジェネリックの目標の平均は？',
  '島根以外の支部の令和3年度のジェネリックの目標を高い順に',
  '北海道から岩手までの令和3年度のジェネリックの目標',
  '東北から宮城を除いた令和3年度の郵送化率',
  '富山と新潟の郵送化率を比べて',
  '愛知の令和3年度の郵送化率は岐阜の何倍？',
  '東京のジェネリックの推移',
  '東京のジェネリックは前年から何ポイント上がった？',
  '東京のジェネリックと全国平均との差は？',
  '東京支部の窓口受付率は目標を達成できてる？',
  '東京のジェネリックは間に合いそう？',
  '東京の予算の一覧は？',
  '東京の広報関連予算の合計は？',
  '東京の予算で執行率が一番高いのは？',
  '東京の予算で500万円以上のものは？',
  '東京の未着手の予算は？',
  '東京の健診の今後の取組は？',
  '東京で評価が△の取組は？',
  '東京の立入検査は何件？',
  '富山は扶養家族の健診をどう進める？',
  '令和3年度にジェネリックをKPIにしていない支部は？',
  '特定健診受診率とは？',
  'どの資料がある？',
  '次の報告期限は？',
  '東京支部の令和20年度のジェネリックは？',
  '宮城のラーメン指数は？',
  '東京のジェネリックとわくわく度の目標は？',
  '東京のジェネリックと大阪の査定率は？',
  '使い方',
  'こんにちは',
];

describe('what the buttons of an answer ask', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'planbot-choices-'));
  let planbot: Planbot;
  const asked = new Map<string, Asked>();

  beforeAll(async () => {
    planbot = await createPlanbot({ dataDir, tell: () => {} });
    for (const text of QUESTIONS) {
      asked.set(text, await planbot.ask({ text, context: null, today: TODAY }));
    }
  });

  afterAll(async () => {
    await planbot.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  function press(query: Query): Promise<Asked> {
    return planbot.ask({ text: '', query, context: null, today: TODAY });
  }

  test('has an answer, and so have the buttons of that answer', async () => {
    const pressed = new Set<string>();
    const refused: string[] = [];
    let next = [...asked].map(([path, { answer }]) => ({ path, choices: answer.choices }));
    for (let depth = 0; depth < 2; depth++) {
      const found: typeof next = [];
      for (const { path, choices } of next) {
        for (const { label, query } of choices) {
          const value = encodeQuery(query);
          if (pressed.has(value)) continue;
          pressed.add(value);
          const { answer } = await press(query);
          const own = `${path} → ${label}`;
          if (answer.kind === 'not_found') refused.push(`${own}: ${answer.text}`);
          else found.push({ path: own, choices: answer.choices });
        }
      }
      next = found;
    }
    expect(pressed.size).toBeGreaterThan(50);
    expect(refused).toEqual([]);
  });

  test('has a label of its own within one answer', () => {
    for (const [text, { answer }] of asked) {
      const labels = answer.choices.map(({ label }) => label);
      expect(new Set(labels).size, text).toBe(labels.length);
    }
  });

  test('comes back from a button of Slack as it was', () => {
    const queries = [...asked.values()].flatMap(({ query, answer }) => [
      query,
      ...answer.choices.map((choice) => choice.query),
    ]);
    for (const query of queries) {
      const value = buttonValue(query);
      expect(value, JSON.stringify(query)).not.toBeNull();
      expect(value).not.toMatch(/[&<>]/);
      expect(questionOf(value ?? '')).toEqual({ text: '', query });
      expect(decodeQuery(encodeQuery(query))).toEqual(query);
    }
  });

  test('of one question is the same answer again, as sharing asks for it', async () => {
    const wrong: string[] = [];
    for (const [text, { answer, query, understood }] of asked) {
      const isOne = understood === describeQuery(query, planbot.catalogue);
      if (answer.kind !== 'answered' || !isOne) continue;
      const again = await press(query);
      const figures = JSON.stringify(answer.rows);
      if (again.answer.kind !== 'answered' || JSON.stringify(again.answer.rows) !== figures) {
        wrong.push(`${text}: ${again.answer.text}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
