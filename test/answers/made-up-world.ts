import { createAsk } from '../../src/answers/ask.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import type { Answer, Answered } from '../../src/model/answer.ts';
import type { Ask, Asked, AskInput } from '../../src/model/ask.ts';
import type { BudgetLine } from '../../src/model/budget-line.ts';
import { isoDay } from '../../src/model/calendar-day.ts';
import type { Catalogue } from '../../src/model/catalogue.ts';
import type { SourcedActual } from '../../src/model/known-figures.ts';
import type { Actual, Kpi, ReferenceActual } from '../../src/model/kpi.ts';
import type { Commitment, Count, Measure } from '../../src/model/measure.ts';
import type { Passage } from '../../src/model/passage.ts';
import type { DocumentPart, IngestedDocument } from '../../src/model/plan-document.ts';
import type { ThreadContext } from '../../src/model/query.ts';
import { branchReports, readSituation } from '../../src/reminders/situation.ts';
import { buildPassageIndex } from '../../src/search/passage-index.ts';
import { openPassageSearch } from '../../src/search/passage-search.ts';
import { knowledgeOfDocuments } from '../../src/store/document-knowledge.ts';

/**
 * One made-up world: words and figures of our own.
 *
 * 令和3: plans of 11 branches (新潟's generic target is relative, 北海道 and 宮城, 島根 and 山口 tie) and of 本部.
 * 令和5: a plan of 岐阜 alone. 令和6: plans of 愛知, 静岡 and 三重 (budgets alone).
 * 令和7: 愛知 has a plan and two reports (May, September) with budgets, counts and measures; 静岡 a draft and an
 * approved plan that disagree; 三重 a plan.
 */

/** Where each row stands: one line an indicator, in every document the same. */
const LINES: Record<string, number> = {
  generic_rate: 10,
  mail_rate: 20,
  single_bid: 30,
  declaration_offices: 40,
  counter_rate: 50,
  checkup_rate: 60,
  guidance_insured: 70,
  dependents_checkup: 80,
  assessment_rate: 90,
  sns: 100,
  visit_rate: 110,
  reexam_amount: 120,
  avg_days: 130,
  'other:歩数記録の参加率': 140,
};

interface Document {
  branch: string;
  fy: number;
  name: string;
  kind: DocumentPart['kind'];
  status: DocumentPart['status'];
}

function plan(branch: string, fy: number, status: DocumentPart['status'] = null): Document {
  return {
    branch,
    fy,
    name: status === null ? `${branch}-${fy}` : `${branch}-${fy}-${status}`,
    kind: 'plan',
    status,
  };
}

const MAY: Document = { branch: '愛知', fy: 7, name: '愛知-7-may', kind: 'progress_report', status: null };
const SEPTEMBER: Document = { ...MAY, name: '愛知-7-september' };

function titleOf({ branch, fy, kind, name }: Document): string {
  const draft = name.endsWith('draft') ? '（案）' : '';
  const what = kind === 'plan' ? `事業計画${draft}` : `実施状況（${name.endsWith('may') ? '5月' : '9月'}）`;
  return `令和${fy}年度 ${what}（${branch}支部）`;
}

function placed(document: Document, line: number) {
  const { branch, fy, name } = document;
  return { branch, fy, source: { file: `${name}.txt`, line, page: null, title: titleOf(document) } };
}

function unitOf(text: string): Kpi['target']['unit'] {
  if (text.includes('％')) return '%';
  if (text.includes('事業所')) return '事業所';
  if (text.includes('日')) return '日';
  return text.includes('円') ? '円' : null;
}

function numberIn(text: string): number | null {
  const found = /\d[\d.,]*/.exec(text)?.[0];
  return found === undefined ? null : Number(found.replaceAll(',', ''));
}

interface More {
  actual?: Actual;
  proviso?: string;
  section?: string[];
}

function kpi(document: Document, indicator: string, text: string, more: More = {}): Kpi {
  const relative = text.includes('対前年度');
  const value = numberIn(text);
  const op = value === null && !relative ? 'do' : text.endsWith('以下') ? '<=' : '>=';
  return {
    ...placed(document, LINES[indicator] ?? 900),
    indicator,
    target: {
      op,
      value,
      unit: unitOf(text),
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
  return { value: numberIn(text), text, asOf, previousValue: numberIn(previousText), previousText };
}

/** Targets of one indicator in the plans of 令和3. */
function inPlansOf3(
  indicator: string,
  targets: Record<string, string>,
  more: Record<string, More> = {},
): Kpi[] {
  return Object.entries(targets).map(([branch, text]) => kpi(plan(branch, 3), indicator, text, more[branch]));
}

const GUIDANCE = ['健康づくり', '保健指導'];
const CHECKUPS = ['健康づくり', '健診'];
const AICHI_6 = plan('愛知', 6);
const AICHI_7 = plan('愛知', 7);
const DRAFT = plan('静岡', 7, 'draft');
const APPROVED = plan('静岡', 7, 'approved');
const SHIZUOKA_6 = plan('静岡', 6);
const MIE = plan('三重', 7);
const MIE_6 = plan('三重', 6);

const KPIS: Kpi[] = [
  ...inPlansOf3('generic_rate', {
    北海道: '80.0％以上',
    青森: '82.5％以上',
    岩手: '84.0％以上',
    宮城: '80.0％以上',
    新潟: '対前年度以上',
    愛知: '80.3％以上',
    鳥取: '79.0％以上',
    島根: '81.0％以上',
    岡山: '78.5％以上',
    広島: '77.0％以上',
    山口: '81.0％以上',
    本部: '80.0％以上',
  }),
  ...inPlansOf3('mail_rate', {
    北海道: '95.0％以上',
    青森: '96.5％以上',
    宮城: '95.0％以上',
    島根: '98.0％以上',
    愛知: '90.0％以上',
  }),
  ...inPlansOf3(
    'single_bid',
    { 北海道: '20.0％以下', 青森: '15.0％以下', 宮城: '25.0％以下', 愛知: '20.0％以下' },
    { 愛知: { proviso: '入札が少ない年は1件以下' } },
  ),
  ...inPlansOf3('declaration_offices', {
    北海道: '1,200事業所以上',
    青森: '600事業所以上',
    岩手: '400事業所以上',
    宮城: '800事業所以上',
    愛知: '2,400事業所以上',
  }),
  ...inPlansOf3('reexam_amount', { 愛知: '5,000円以上', 宮城: '4,000円以上' }),
  ...inPlansOf3('other:歩数記録の参加率', { 島根: '12.0％以上' }),
  kpi(plan('岐阜', 5), 'generic_rate', '82.0％以上'),
  kpi(plan('岐阜', 5), 'mail_rate', '94.0％以上'),
  kpi(AICHI_6, 'generic_rate', '83.0％以上'),
  kpi(AICHI_6, 'mail_rate', '95.5％以上'),
  kpi(AICHI_6, 'checkup_rate', '58.0％以上'),
  kpi(SHIZUOKA_6, 'generic_rate', '82.0％以上'),
  kpi(SHIZUOKA_6, 'mail_rate', '97.0％以上'),
  kpi(AICHI_7, 'generic_rate', '85.0％以上'),
  kpi(AICHI_7, 'checkup_rate', '60.0％以上'),
  kpi(MAY, 'generic_rate', '85.0％以上', { actual: actual('84.2％', '５月時点', '83.6％') }),
  kpi(MAY, 'counter_rate', '1.9％以下', { actual: actual('2.4％', '５月時点', '2.0％') }),
  kpi(MAY, 'checkup_rate', '60.0％以上', {
    actual: actual('5.0％', '５月時点', '58.0％'),
    section: CHECKUPS,
  }),
  // Exactly on target, in two ways: a level and a stock at half of the year.
  kpi(SEPTEMBER, 'generic_rate', '85.0％以上', { actual: actual('85.0％', '９月時点', '83.6％') }),
  kpi(SEPTEMBER, 'declaration_offices', '2,600事業所以上', {
    actual: actual('2,550事業所', '９月時点', '2,500事業所'),
  }),
  // Lower is better.
  kpi(SEPTEMBER, 'counter_rate', '1.9％以下', { actual: actual('1.5％', '９月時点', '2.0％') }),
  kpi(SEPTEMBER, 'single_bid', '20.0％以下', { actual: actual('22.0％', '９月時点', '24.0％') }),
  kpi(SEPTEMBER, 'checkup_rate', '60.0％以上', {
    actual: actual('33.0％', '９月時点', '58.0％'),
    section: CHECKUPS,
  }),
  kpi(SEPTEMBER, 'dependents_checkup', '30.0％以上', {
    actual: actual('12.0％', '９月時点', '28.0％'),
    section: CHECKUPS,
  }),
  kpi(SEPTEMBER, 'guidance_insured', '20.0％以上', {
    actual: actual('6.0％', '９月時点', '18.0％'),
    section: GUIDANCE,
  }),
  kpi(SEPTEMBER, 'assessment_rate', '対前年度以上', { actual: actual('0.140％', '９月時点', '0.145％') }),
  kpi(SEPTEMBER, 'sns', '毎月発信する', { actual: actual('実施', '９月時点', '【新設】') }),
  kpi(SEPTEMBER, 'visit_rate', '12.0％以上', { actual: actual('―', '９月時点', '【新設】') }),
  kpi(DRAFT, 'generic_rate', '84.0％以上'),
  kpi(APPROVED, 'generic_rate', '84.5％以上'),
  kpi(DRAFT, 'mail_rate', '97.5％以上'),
  kpi(APPROVED, 'mail_rate', '97.5％以上'),
  kpi(MIE, 'checkup_rate', '61.0％以上'),
  kpi(MIE, 'mail_rate', '対前年度以上'),
];

function reference(document: Document, fy: number, indicator: string, text: string): ReferenceActual {
  return {
    ...placed(document, 200),
    fy,
    indicator,
    value: numberIn(text) ?? 0,
    unit: unitOf(text),
    text,
    asOf: null,
  };
}

const REFERENCES: ReferenceActual[] = [
  reference(APPROVED, 5, 'generic_rate', '81.4％'),
  reference(MIE, 1, 'checkup_rate', '48.2％'),
];

function budget(
  document: Document,
  line: number,
  section: string,
  name: string,
  yen: number,
  more: Partial<BudgetLine> = {},
): BudgetLine {
  return {
    ...placed(document, line),
    section,
    name,
    amountYen: yen,
    amountText: `${yen / 1000}千円`,
    executedYen: null,
    status: null,
    note: null,
    previousAmountYen: null,
    ...more,
  };
}

const BUDGETS: BudgetLine[] = [
  budget(SEPTEMBER, 310, '広報関連', 'ラジオ番組', 30_000_000, {
    executedYen: 12_000_000,
    status: '契約済み',
    previousAmountYen: 29_000_000,
  }),
  budget(SEPTEMBER, 320, '広報関連', '動画の作成', 4_000_000, { executedYen: 4_500_000, status: '契約済み' }),
  budget(SEPTEMBER, 330, '広報関連', '（新）駅の看板', 1_000_000, { status: '未着手' }),
  budget(SEPTEMBER, 340, '健診関連', '集団健診の会場', 15_000_000, {
    status: '未着手',
    previousAmountYen: 15_000_000,
  }),
  budget(SEPTEMBER, 350, '健診関連', '受診案内の郵送', 5_000_000, {
    executedYen: 5_000_000,
    status: '契約済み',
    previousAmountYen: 6_000_000,
  }),
  budget(SEPTEMBER, 360, '保健指導関連', '指導員の研修', 2_000_000, {
    status: '調達中',
    previousAmountYen: 1_000_000,
  }),
  budget(APPROVED, 310, '健診関連', '健診の案内', 3_000_000),
  budget(APPROVED, 320, '広報関連', '広報紙の発行', 1_500_000),
  // What the next year's plan says of 令和6 is not what the plan of 令和6 says.
  budget(MIE_6, 310, '健診関連', '海女の健診', 700_000),
  budget(MIE, 310, '健診関連', '海女の健診', 900_000, { previousAmountYen: 800_000 }),
];

function count(
  line: number,
  table: string,
  label: string,
  period: string,
  value: number | null,
  unit = '件',
): Count {
  return {
    ...placed(SEPTEMBER, line),
    table,
    label,
    period,
    value,
    unit,
    text: value === null ? '―' : `${value.toLocaleString('en')}${unit}`,
    asOf: null,
  };
}

const COUNTS: Count[] = [
  count(410, '傷病手当金の支給', '決定件数', '４～６月', 3100),
  count(410, '傷病手当金の支給', '決定件数', '７～９月', 3300),
  count(410, '傷病手当金の支給', '決定件数', '10～12月', null),
  count(420, '健康講座の開催', '参加者数', '４～６月', 120, '人'),
  count(420, '健康講座の開催', '参加者数', '７～９月', 95, '人'),
];

function measure(
  line: number,
  section: string[],
  number: string,
  plan: string,
  rest: Partial<Measure>,
): Measure {
  return {
    ...placed(SEPTEMBER, line),
    section,
    number,
    plan,
    progress: null,
    evaluation: null,
    next: null,
    ...rest,
  };
}

const MEASURES: Measure[] = [
  measure(510, CHECKUPS, '①', '休日の健診を増やす', {
    progress: '土曜の健診を月2回開いた',
    evaluation: '○',
    next: '12月に日曜の健診を開く',
  }),
  measure(520, CHECKUPS, '②', '商業施設で出張健診を開く', {
    progress: '会場を1か所だけ確保した',
    evaluation: '△',
    next: '年度内に3か所へ広げる',
  }),
  measure(530, GUIDANCE, '①', '遠隔の面談を始める', {
    progress: '―',
    evaluation: '×',
    next: '業者を選び直す',
  }),
  measure(540, ['広報'], '①', '社内報の記事を配る', { progress: '―', evaluation: '―', next: null }),
];

const COMMITMENTS: Commitment[] = [
  {
    ...placed(SEPTEMBER, 510),
    section: CHECKUPS,
    number: '①',
    text: '12月に日曜の健診を開く',
    when: '12月',
    from: '2025-12-01',
    to: '2025-12-31',
  },
  {
    ...placed(SEPTEMBER, 511),
    section: CHECKUPS,
    number: '⑨',
    text: '10月に会場を決める',
    when: '10月',
    from: '2025-10-01',
    to: '2025-10-31',
  },
];

function passage(document: Document, section: string, text: string): Passage {
  const { branch, fy, source } = placed(document, 600);
  return {
    branch,
    fy,
    file: source.file,
    title: source.title,
    section: [section],
    from: 600,
    to: 603,
    page: null,
    text,
  };
}

const PASSAGES: Passage[] = [
  passage(
    plan('鳥取', 3),
    '喫煙対策',
    '砂丘の近くの会社と、禁煙の相談会を年4回開く。相談会には薬剤師を招く。',
  ),
  passage(
    plan('島根', 3),
    '健診',
    '漁港の朝市で出張健診を開く。対象は扶養家族とする。予約は電話で受け付ける。',
  ),
  passage(plan('岡山', 3), '広報', '路面電車の車内に健診の広告を出す。広告は春と秋に替える。'),
  passage(AICHI_7, '広報', '工場の食堂で減塩の献立を紹介する。紹介は毎月19日に行う。'),
];

const DOCUMENTS: Document[] = [
  ...['北海道', '青森', '岩手', '宮城', '新潟', '愛知', '鳥取', '島根', '岡山', '広島', '山口', '本部'].map(
    (branch) => plan(branch, 3),
  ),
  plan('岐阜', 5),
  AICHI_6,
  SHIZUOKA_6,
  AICHI_7,
  MAY,
  SEPTEMBER,
  DRAFT,
  APPROVED,
  MIE_6,
  MIE,
];

function documents(): IngestedDocument[] {
  return DOCUMENTS.map((document) => {
    const { branch, fy, kind, status } = document;
    const file = `${document.name}.txt`;
    const of = <T extends { source: { file: string } }>(all: T[]) =>
      all.filter(({ source }) => source.file === file);
    return {
      file,
      layout: 'single',
      digest: 'a'.repeat(64),
      parts: [{ file, branch, fy, kind, status, title: titleOf(document) }],
      kpis: of(KPIS),
      measures: of(MEASURES),
      budgets: of(BUDGETS),
      referenceActuals: of(REFERENCES),
      commitments: of(COMMITMENTS),
      counts: of(COUNTS),
      passages: PASSAGES.filter((own) => own.file === file),
      doubts: [],
    };
  });
}

/** November of 令和7年度. */
export const TODAY = { year: 2025, month: 11, day: 20 };
export const catalogue = loadCatalogue();
export const tokenizer = await loadTokenizer(catalogue.dictionary);

export interface World {
  ask: Ask;
  /** All turns of one thread; the answer is to the last. */
  asked: (...turns: string[]) => Promise<Asked>;
  answerTo: (...turns: string[]) => Promise<Answer>;
  /** The same, for questions that the documents answer. */
  answeredTo: (...turns: string[]) => Promise<Answered>;
}

/** The world over a catalogue; `change` may take documents out or put others in. */
export function worldOver(
  of: Catalogue = catalogue,
  options: {
    actuals?: SourcedActual[];
    change?: (documents: IngestedDocument[]) => IngestedDocument[];
  } = {},
): World {
  const known = (options.change ?? ((all) => all))(documents());
  const passages = known.flatMap((document) => document.passages);
  const knowledge = knowledgeOfDocuments(known);
  const actuals = options.actuals ?? [];
  const ask = createAsk({
    catalogue: of,
    knowledge,
    passages: openPassageSearch(buildPassageIndex(passages, tokenizer, of.synonyms), tokenizer, of.synonyms),
    tokenizer,
    actuals: async () => actuals,
    reports: async (today, period) => {
      const facts = { knowledge, actuals, owners: [], catalogue: of };
      return branchReports(await readSituation({ ...facts, today: isoDay(today) }), period);
    },
  });
  const asked = async (...turns: string[]): Promise<Asked> => {
    let context: ThreadContext | null = null;
    let last: Asked | null = null;
    for (const text of turns) {
      last = await ask({ text, context, today: TODAY });
      context = last.context;
    }
    if (last === null) throw new Error('no turn');
    return last;
  };
  const answerTo = async (...turns: string[]) => (await asked(...turns)).answer;
  return {
    ask,
    asked,
    answerTo,
    answeredTo: async (...turns) => {
      const answer = await answerTo(...turns);
      if (answer.kind !== 'answered') throw new Error(`${answer.kind}: ${answer.text}`);
      return answer;
    },
  };
}

export const world = worldOver();

/** What was pressed on, as a surface sends it back. */
export function pressed(query: AskInput['query'], context: ThreadContext | null = null): Promise<Asked> {
  return world.ask({ text: '', query, context, today: TODAY });
}

/** The rows of an answer, each as its place and its figure: 青森-3:10 82.5. */
export function rowsOf(answer: Answer): string[] {
  if (answer.kind !== 'answered') return [];
  return answer.rows.map(({ source, value, actual: reached, aspect }) => {
    const figure = aspect === 'actual' ? reached : value;
    return `${source.file.replace('.txt', '')}:${source.line} ${figure ?? 'なし'}`;
  });
}
