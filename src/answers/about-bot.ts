import type { Answer, Choice } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatDay, isoDay } from '../model/calendar-day.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { DocumentKind, DocumentPart } from '../model/plan-document.ts';
import { EMPTY_QUERY, type Query } from '../model/query.ts';
import {
  formatPeriod,
  nextDue,
  previousPeriod,
  type ReportingPeriod,
  reportDeadline,
} from '../model/reporting-period.ts';
import { answered, choice, clarify, notFound } from './card.ts';
import { rankingQuery } from './kpi-card.ts';
import { findIndicator, type Sources, shortNameOf } from './sources.ts';

/** The only branch with reports and budgets among what planbot is delivered with. */
const REPORTED = '東京';
const BESIDE = '群馬';

/** Questions by kind, of the asker's own branch where it is known. What planbot is delivered with answers each. */
export function askableQuestions(ownBranch: string | undefined): { kind: string; questions: string[] }[] {
  const own = ownBranch ?? REPORTED;
  const other = own === REPORTED ? BESIDE : REPORTED;
  return [
    { kind: '1つの数値', questions: [`${formatBranch(own)}のジェネリックの目標は？`] },
    {
      kind: '比較と順位',
      questions: [`${own}と${other}の郵送化率を比べて`, '郵送化率の目標を高い順に'],
    },
    {
      kind: '条件',
      questions: ['ジェネリックの目標が80％以上の支部は？', '特定健診の目標が東京より低い支部は？'],
    },
    {
      kind: '進捗と予算',
      questions: [
        `${REPORTED}の窓口受付率は目標を達成できてる？`,
        `${REPORTED}の遅れているKPIは？`,
        `${REPORTED}の広報関連予算の合計は？`,
      ],
    },
    { kind: '取組の評価', questions: [`${REPORTED}の取組で評価が△のものは？`] },
  ];
}

/** The same as buttons. */
function exampleChoices(ownBranch: string | undefined): Choice[] {
  const own = ownBranch ?? REPORTED;
  const scope = { ...EMPTY_QUERY.scope, branches: [own] };
  const behind = { type: 'status' as const, status: 'behind' as const, not: false };
  return [
    choice(`${formatBranch(own)}のジェネリックの目標は？`, {
      ...EMPTY_QUERY,
      indicators: ['generic_rate'],
      columns: ['target'],
      scope,
    }),
    choice('令和3年度の郵送化率を全支部で高い順に', {
      ...EMPTY_QUERY,
      indicators: ['mail_rate'],
      columns: ['target'],
      scope: { ...EMPTY_QUERY.scope, every: true, fys: [3] },
      order: 'high',
    }),
    own === REPORTED
      ? choice(`${own}の遅れているKPIは？`, { ...EMPTY_QUERY, scope, filter: [behind], show: 'list' })
      : choice(`${formatBranch(own)}のKPI一覧`, { ...EMPTY_QUERY, scope, show: 'list' }),
  ];
}

/** Greetings, thanks, help: short and useful. */
export function answerTalk({ talk }: Query, { ownBranch }: Pick<Sources, 'ownBranch'>): Answer {
  const choices = exampleChoices(ownBranch);
  switch (talk) {
    case 'thanks':
      return answered({
        topic: 'thanks',
        title: 'どういたしまして。ほかにもお調べしますので、お気軽にお尋ねください。',
      });
    case 'greeting':
      return answered({
        topic: 'greeting',
        title: 'こんにちは。事業計画とKPIについて、出典をつけてお答えします。',
        choices,
      });
    case 'too_long':
      return clarify('質問が長すぎるようです。500文字までで、知りたいことを1つずつお尋ねください。', choices);
    case 'help':
      return answered({
        topic: 'help',
        title: '事業計画とKPIについて、出典をつけてお答えします。',
        lines: [
          ...askableQuestions(ownBranch).map(
            ({ kind, questions }) => `・${kind}：${questions.map((question) => `「${question}」`).join('')}`,
          ),
          '計画の本文は、取り込んだ支部の分をお調べします。',
          '支部名、年度（令和7年度、R7、2025年度）、指標名を言葉で書いてください。続けて「じゃあ青森は？」「2番目は？」のようにも尋ねられます。',
        ],
        notes: ['コマンドとチャンネルの設定は「/kpi ヘルプ」をご覧ください。'],
        choices,
      });
    default:
      return clarify(`質問を書いてください。例：${choices[0]?.label ?? ''}`, choices);
  }
}

/** What an indicator measures. */
export function answerDefinition({ indicators }: Query, { catalogue }: Sources): Answer {
  if (indicators.length === 0)
    return answered({
      topic: 'definition',
      title: 'KPIとは',
      lines: [
        'KPI（重要業績評価指標）は、事業計画の目標がどこまで達成されたかを測る指標です。支部ごと・年度ごとに目標が定められています。',
      ],
      notes: ['「東京のKPI一覧」のように支部名をつけると、一覧をお答えします。'],
    });
  const lines = indicators.flatMap((id) => {
    const indicator = findIndicator(catalogue, id);
    return indicator === null ? [] : [`${indicator.name}：${indicator.definition}`];
  });
  const [first] = indicators;
  if (first === undefined || lines.length === 0) return clarify('指標の説明が用意されていません。', []);
  return answered({
    topic: 'definition',
    title: `${indicators.map((id) => shortNameOf(catalogue, id)).join('、')}とは`,
    lines,
    notes: ['説明は、planbotの指標の一覧によります。'],
    choices: [choice('全支部の目標を見る', rankingQuery(first, null))],
  });
}

const KINDS: Record<DocumentKind, string> = { plan: '事業計画', progress_report: '実施状況の報告' };
/** More names than this are counted. */
const NAMED = 10;

function branchesText(parts: readonly DocumentPart[]): string {
  const branches = [...new Set(parts.map(({ branch }) => branch))];
  return branches.length > NAMED ? `${branches.length}支部` : branches.map(formatBranch).join('、');
}

/** Which branches and years have documents, newest first. */
export async function answerDocuments({ scope }: Query, { knowledge }: Sources): Promise<Answer> {
  const { branches, fys } = scope;
  const parts = (await knowledge.parts()).filter(
    ({ branch, fy }) =>
      (branches.length === 0 || branches.includes(branch)) && (fys.length === 0 || fys.includes(fy)),
  );
  if (parts.length === 0) return notFound('その支部と年度の資料はありません。');
  const years = [...new Set(parts.map(({ fy }) => fy))].sort((a, b) => b - a);
  const lines = years.flatMap((fy) =>
    (['plan', 'progress_report'] as const).flatMap((kind) => {
      const own = parts.filter((part) => part.fy === fy && part.kind === kind);
      return own.length === 0 ? [] : [`・${formatFiscalYear(fy)} ${KINDS[kind]}：${branchesText(own)}`];
    }),
  );
  return answered({ topic: 'documents', title: 'お調べできる資料', lines });
}

/** When the next quarter's report is due and when the last one was, and where the people in charge stand. */
export function answerSchedule({ catalogue, today }: Sources): Answer {
  const { calendar } = catalogue;
  const period = nextDue(isoDay(today), calendar);
  const last = previousPeriod(period);
  return answered({
    topic: 'schedule',
    title: '四半期の報告の期限',
    headline: `次の期限は${formatDay(reportDeadline(period, calendar))}です（${quarterText(period)}）。`,
    lines: [
      `・前の期限は${formatDay(reportDeadline(last, calendar))}でした（${quarterText(last)}）。`,
      `・各四半期が終わった月から${calendar.due_months_after_quarter}か月後の、最後の営業日です。`,
      '・担当者は、ホームの「担当の支部」と、お知らせのメッセージに表示されます。',
    ],
  });
}

/** 令和7年度第1四半期、4～6月の分. */
function quarterText(period: ReportingPeriod): string {
  const first = ((period.quarter * 3) % 12) + 1;
  return `${formatPeriod(period)}、${first}～${first + 2}月の分`;
}
