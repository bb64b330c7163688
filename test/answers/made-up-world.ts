import { createAsk } from '../../src/answers/ask.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import type { Answer, Answered } from '../../src/model/answer.ts';
import type { BudgetLine } from '../../src/model/budget-line.ts';
import type { PassageSearch } from '../../src/model/knowledge.ts';
import type { Actual, Kpi } from '../../src/model/kpi.ts';
import type { Count, Measure } from '../../src/model/measure.ts';
import type { Passage } from '../../src/model/passage.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';
import type { ThreadContext } from '../../src/model/question.ts';
import { knowledgeOfDocuments } from '../../src/store/document-knowledge.ts';

/** 東京 has a plan of 令和3 and a report of 令和7, 群馬 plans of 令和6 and 7, the others a plan of 令和3. */
let line = 0;

function place(branch: string, fy: number) {
  const title = `令和${fy}年度 ${branch === '東京' && fy === 7 ? '実施状況' : '事業計画'}（${branch}支部）`;
  line += 10;
  return { branch, fy, source: { file: `${branch}-${fy}.txt`, line, page: null, title } };
}

function kpi(
  branch: string,
  fy: number,
  indicator: string,
  text: string,
  more: { actual?: Actual; section?: string[]; proviso?: string } = {},
): Kpi {
  const number = /[\d.,]+/.exec(text)?.[0].replaceAll(',', '');
  const relative = text.includes('前年度');
  const down = text.endsWith('以下') || text.endsWith('以内');
  return {
    ...place(branch, fy),
    indicator,
    target: {
      op: number === undefined && !relative ? 'do' : down ? '<=' : '>=',
      value: number === undefined ? null : Number(number),
      unit:
        number === undefined ? null : text.includes('％') ? '%' : text.includes('事業所') ? '事業所' : '円',
      relative: relative ? 'prev_year' : null,
      text,
      proviso: more.proviso ?? null,
    },
    actual: more.actual ?? null,
    stated: null,
    section: more.section ?? [],
    importance: null,
    difficulty: null,
  };
}

function actual(text: string, asOf: string, previousText: string): Actual {
  const value = (from: string) =>
    /\d/.test(from) ? Number(/[\d.,]+/.exec(from)?.[0].replaceAll(',', '')) : null;
  return { value: value(text), text, asOf, previousValue: value(previousText), previousText };
}

const GUIDANCE = ['健康づくり', '保健指導'];
const KPIS: Kpi[] = [
  kpi('東京', 3, 'generic_rate', '79.0％以上'),
  kpi('東京', 3, 'mail_rate', '98.0％以上'),
  kpi('東京', 3, 'card_recovery', '対前年度以上'),
  kpi('東京', 7, 'generic_rate', '87.5％以上', { actual: actual('―', '―月時点', '87.5％') }),
  kpi('東京', 7, 'counter_rate', '1.9％以下', { actual: actual('2.4％', '５月時点', '【新設】') }),
  kpi('東京', 7, 'guidance_insured', '12.0％以上', {
    actual: actual('3.0％', '５月時点', '11.0％'),
    section: GUIDANCE,
  }),
  kpi('東京', 7, 'declaration_offices', '1,200事業所以上', {
    actual: actual('1,010事業所', '６月時点', '1,000事業所'),
  }),
  kpi('東京', 7, 'biosimilar', '実施する', { actual: actual('－', '６月時点', '【新設】') }),
  kpi('群馬', 6, 'mail_rate', '対前年度以上'),
  kpi('群馬', 6, 'checkup_rate', '61.0％以上'),
  kpi('群馬', 7, 'checkup_rate', '62.5％以上'),
  kpi('群馬', 7, 'dependents_checkup', '31.0％以上'),
  kpi('富山', 3, 'generic_rate', '81.0％以上'),
  kpi('富山', 3, 'mail_rate', '95.0％以上'),
  kpi('新潟', 3, 'generic_rate', '対前年度以上'),
  kpi('新潟', 3, 'mail_rate', '96.5％以上'),
  kpi('新潟', 3, 'single_bid', '20％以下', { proviso: '入札が少ない年は1件以下' }),
  kpi('埼玉', 3, 'other:特定保健指導実施率', '14.0％以上'),
];
const MEASURES: Measure[] = [
  {
    ...place('東京', 7),
    section: GUIDANCE,
    number: '①',
    plan: '会場での面談を増やす',
    progress: '―',
    evaluation: '×',
    next: '上期に実施する',
  },
  {
    ...place('東京', 7),
    section: ['広報'],
    number: '①',
    plan: '動画をつくる',
    progress: '台本を書いた',
    evaluation: '○',
    next: null,
  },
];
const COUNTS: Count[] = ['支部職員', '外部委託'].map((label, at) => ({
  ...place('東京', 7),
  table: '被保険者保健指導実施者数',
  label,
  period: '４～６月',
  value: [120, 80][at] ?? 0,
  unit: '人',
  text: `${[120, 80][at]}人`,
  asOf: '５月末時点',
}));

function budget(
  branch: string,
  fy: number,
  section: string,
  name: string,
  yen: number,
  more: Partial<BudgetLine> = {},
): BudgetLine {
  const base = {
    amountYen: yen,
    amountText: `${yen / 1000}千円`,
    executedYen: null,
    status: null,
    note: null,
  };
  return { ...place(branch, fy), section, name, ...base, previousAmountYen: null, ...more };
}

const BUDGETS: BudgetLine[] = [
  budget('東京', 7, '広報関連予算', 'ラジオ番組', 30_000_000, {
    executedYen: 12_000_000,
    status: '契約済み',
    previousAmountYen: 29_000_000,
  }),
  budget('東京', 7, '広報関連予算', '動画の作成', 4_000_000, { executedYen: 4_500_000, status: '契約済み' }),
  budget('東京', 7, '健診関連予算', '島しょ部の集団健診', 15_000_000, { status: '未着手' }),
  budget('群馬', 7, '健診', '健診の推進', 13_000_000),
  budget('群馬', 6, '健診', '地図を使った受診勧奨', 4_700_000),
];
const PASSAGES: Passage[] = [
  {
    file: '富山-3.txt',
    title: '令和3年度 事業計画（富山支部）',
    branch: '富山',
    fy: 3,
    section: ['健診'],
    from: 500,
    to: 503,
    page: null,
    text: '扶養家族のための出張健診を商業施設で開く。合言葉は「今日から健診」。',
  },
];

function documents(): IngestedDocument[] {
  const rows = [...KPIS, ...MEASURES, ...COUNTS, ...BUDGETS];
  const keys = [...new Map(rows.map((row) => [row.source.file, row])).values()];
  return keys.map(({ branch, fy, source }) => {
    const of = <T extends { source: { file: string } }>(all: T[]) =>
      all.filter((row) => row.source.file === source.file);
    return {
      file: source.file,
      layout: 'single',
      digest: 'a'.repeat(64),
      parts: [{ file: source.file, branch, fy, kind: 'plan', title: source.title }],
      kpis: of(KPIS),
      measures: of(MEASURES),
      budgets: of(BUDGETS),
      commitments: [],
      counts: of(COUNTS),
      passages: [],
      doubts: [],
    };
  });
}

/** Finds a passage by any two letters in a row that the question shares with it. */
const search: PassageSearch = {
  search: ({ text, branches }) =>
    PASSAGES.filter((passage) => branches === undefined || branches.includes(passage.branch))
      .filter((passage) =>
        [...text].some(
          (_, at) =>
            /[一-龠]{2}/.test(text.slice(at, at + 2)) && passage.text.includes(text.slice(at, at + 2)),
        ),
      )
      .map((passage) => ({
        passage,
        score: 1,
        answers: true,
        excerpt: { sentences: [passage.text], words: [] },
        alike: [],
      })),
};

export const ask = createAsk({
  catalogue: loadCatalogue(),
  knowledge: knowledgeOfDocuments(documents()),
  passages: search,
});

/** The answer to the last turn, in November of 令和7年度. */
export async function answerTo(...turns: string[]): Promise<Answer> {
  let context: ThreadContext | null = null;
  let answer: Answer | null = null;
  for (const text of turns) {
    const asked = await ask({ text, context, today: { year: 2025, month: 11, day: 20 } });
    ({ answer, context } = asked);
  }
  if (answer === null) throw new Error('no turn');
  return answer;
}

/** The same, for questions that the documents answer. */
export async function answeredTo(...turns: string[]): Promise<Answered> {
  const answer = await answerTo(...turns);
  if (answer.kind !== 'answered') throw new Error(`${answer.kind}: ${answer.text}`);
  return answer;
}
