import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Condition, QuestionOf } from '../model/question.ts';
import { gather, isAnswer, notesOf } from './across.ts';
import { answered, notFound } from './card.ts';
import { type Sources, unitOf } from './look-up.ts';
import { aspectName, figureOf, figureText } from './measured.ts';
import { rowOf } from './rows.ts';

const WORDS = {
  '>=': '以上の',
  '>': 'より高い',
  '<=': '以下の',
  '<': 'より低い',
  '=': 'ちょうどの',
  '!=': 'ではない',
} as const;

function meetsValue(value: number, op: keyof typeof WORDS, limit: number): boolean {
  switch (op) {
    case '>=':
      return value >= limit;
    case '>':
      return value > limit;
    case '<=':
      return value <= limit;
    case '<':
      return value < limit;
    case '=':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}

function meets(kpi: Kpi, { condition, aspect }: QuestionOf<'list'>, sources: Sources): boolean {
  const value = figureOf(kpi, aspect);
  switch (condition.type) {
    case 'value':
      return value !== null && meetsValue(value, condition.op, condition.value);
    case 'between':
      return value !== null && value >= condition.from && value <= condition.to;
    case 'prev_year':
      return kpi.target.relative === 'prev_year';
    case 'met':
      return sources.judge(kpi).state === 'met';
    case 'unmet':
      return ['behind', 'on_course'].includes(sources.judge(kpi).state);
    default:
      return true;
  }
}

function conditionText(condition: Condition, unit: string): string {
  switch (condition.type) {
    case 'value':
      return `が${condition.value}${unit}${WORDS[condition.op]}`;
    case 'between':
      return `が${condition.from}${unit}以上${condition.to}${unit}以下の`;
    case 'prev_year':
      return 'を対前年度で定めている';
    case 'met':
      return 'を達成している';
    case 'unmet':
      return 'が未達の';
    case 'has':
      return 'をKPIにしている';
    case 'lacks':
      return 'をKPIにしていない';
  }
}

function unitText({ kpis }: { kpis: Kpi[] }, { catalogue }: Sources): string {
  const [first] = kpis.filter((kpi) => kpi.target.value !== null);
  const unit = first === undefined ? null : unitOf(catalogue, first);
  return unit === '%' ? '％' : (unit ?? '');
}

/** The branches that meet a condition, each with its figure. */
export async function answerList(question: QuestionOf<'list'>, sources: Sources): Promise<Answer> {
  const field = await gather(question, sources);
  if (isAnswer(field)) return field;
  const { condition } = question;
  const { aspect } = field;
  if (condition.type === 'lacks') return branchesWithout(question, field, sources);
  if (
    (condition.type === 'met' || condition.type === 'unmet') &&
    field.kpis.every((kpi) => kpi.actual === null)
  ) {
    return notFound(
      `${formatFiscalYear(field.fy)}の「${field.name}」は、実績の報告が資料にないため判定できません。`,
    );
  }
  const found = field.kpis.filter((kpi) => meets(kpi, { ...question, aspect }, sources));
  const values = condition.type === 'value' || condition.type === 'between';
  const unclear = values ? field.kpis.filter((kpi) => figureOf(kpi, aspect) === null) : [];
  const what = `${formatFiscalYear(field.fy)} ${field.name}${condition.type === 'has' ? '' : `の${aspectName(aspect)}`}${conditionText(condition, unitText(field, sources))}支部`;
  const apart =
    unclear.length === 0
      ? null
      : `数値のない目標のため比べられない支部：${unclear.map((kpi) => `${formatBranch(kpi.branch)}（${figureText(kpi, aspect)}）`).join('、')}`;
  return answered({
    topic: 'list',
    title: what,
    headline:
      found.length === 0
        ? `該当する支部はありません（${field.kpis.length}支部を確認しました）。`
        : `${found.length}支部です（${field.kpis.length}支部中）。`,
    table: {
      caption: what,
      columns: [
        { name: '支部', kind: 'text' },
        { name: aspectName(aspect), kind: 'number' },
      ],
      rows: found.map((kpi) => [
        { text: formatBranch(kpi.branch), value: null },
        { text: figureText(kpi, aspect), value: figureOf(kpi, aspect) },
      ]),
    },
    lines: found.map(
      (kpi) => `・${formatBranch(kpi.branch)} ${figureText(kpi, aspect)}（${kpi.source.line}行目）`,
    ),
    note: notesOf(field, apart),
    rows: (found.length > 0 ? found : field.kpis).map((kpi) => rowOf(kpi)),
  });
}

async function branchesWithout(
  question: QuestionOf<'list'>,
  field: { fy: number; name: string; kpis: Kpi[] },
  sources: Sources,
): Promise<Answer> {
  const parts = await sources.knowledge.parts();
  const asked =
    question.branches.length > 0
      ? question.branches
      : sources.catalogue.branches.map((branch) => branch.name);
  const documented = asked.filter((branch) =>
    parts.some((part) => part.branch === branch && part.fy === field.fy),
  );
  const without = documented.filter((branch) => !field.kpis.some((kpi) => kpi.branch === branch));
  return answered({
    topic: 'list',
    title: `${formatFiscalYear(field.fy)} ${field.name}をKPIにしていない支部`,
    headline:
      without.length === 0
        ? 'ありません。'
        : `${without.length}支部です（資料のある${documented.length}支部中）。`,
    lines: without.length === 0 ? [] : [without.map(formatBranch).join('、')],
    note: '資料からKPIとして読み取れたものに限ります。',
    sources: field.kpis.map((kpi) => kpi.source),
  });
}
