import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { QuestionOf } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import { gather, isAnswer, notesOf, scopeText } from './across.ts';
import { answered, choice } from './card.ts';
import { chartOf } from './chart.ts';
import { type Sources, unitOf } from './look-up.ts';
import { aspectName, figureOf, figureText } from './measured.ts';
import { rowOf } from './rows.ts';

export interface Ranked {
  kpi: Kpi;
  value: number;
  /** Equal figures share a place, and the next place is left out. */
  place: number;
}

export function rankKpis(
  kpis: readonly Kpi[],
  aspect: QuestionOf<'rank'>['aspect'],
  order: 'high' | 'low',
): Ranked[] {
  const numbered = kpis.flatMap((kpi) => {
    const value = figureOf(kpi, aspect);
    return value === null ? [] : [{ kpi, value }];
  });
  const sorted = numbered.sort((a, b) => (order === 'high' ? b.value - a.value : a.value - b.value));
  return sorted.map((entry) => ({
    ...entry,
    place: sorted.findIndex((other) => other.value === entry.value) + 1,
  }));
}

/** Branches in order; targets without a figure stand apart and are named. */
export async function answerRank(question: QuestionOf<'rank'>, sources: Sources): Promise<Answer> {
  const named =
    question.standing === null || question.branches.length === 0
      ? question.branches
      : [...new Set([...question.branches, question.standing])];
  const field = await gather({ ...question, branches: named }, sources);
  if (isAnswer(field)) return field;
  const { order, standing } = question;
  const { aspect } = field;
  const ranked = rankKpis(field.kpis, aspect, order);
  const apart = field.kpis.filter((kpi) => figureOf(kpi, aspect) === null);
  const shown = question.top === null ? ranked : ranked.filter(({ place }) => place <= (question.top ?? 0));
  const direction = order === 'high' ? '高い順' : '低い順';
  const own = standing === null ? undefined : ranked.find(({ kpi }) => kpi.branch === standing);
  const apartLine =
    apart.length === 0
      ? []
      : [
          `数値のない目標（順位の外）：${apart.map((kpi) => `${formatBranch(kpi.branch)} ${figureText(kpi, aspect)}`).join('、')}`,
        ];
  const what = `${formatFiscalYear(field.fy)} ${field.name}の${aspectName(aspect)}`;
  const lines = shown.map(
    ({ kpi, place }) =>
      `${place}位 ${formatBranch(kpi.branch)} ${figureText(kpi, aspect)}（${kpi.source.line}行目）`,
  );
  return answered({
    topic: 'rank',
    title: `${what}：${scopeText(named, field.kpis.length)}の${direction}`,
    headline: headline({ ...question, aspect }, own, ranked),
    table: {
      caption: `${what}（${direction}）`,
      columns: [
        { name: '順位', kind: 'number' },
        { name: '支部', kind: 'text' },
        { name: aspectName(aspect), kind: 'number' },
      ],
      rows: [
        ...shown.map(({ kpi, place, value }) => [
          { text: `${place}位`, value: place },
          { text: formatBranch(kpi.branch), value: null },
          { text: figureText(kpi, aspect), value },
        ]),
        ...apart.map((kpi) => [
          { text: '―', value: null },
          { text: formatBranch(kpi.branch), value: null },
          { text: figureText(kpi, aspect), value: null },
        ]),
      ],
    },
    chart: chartOf(
      'bar',
      what,
      shown[0] === undefined ? null : unitOf(sources.catalogue, shown[0].kpi),
      shown.map(({ kpi, value }) => ({ label: formatBranch(kpi.branch), value })),
    ),
    lines: [...lines, ...apartLine],
    note: notesOf(field),
    rows: [...shown.map(({ kpi }) => kpi), ...apart].map((kpi) => rowOf(kpi)),
    choices: [
      choice(
        order === 'high' ? '低い順にする' : '高い順にする',
        formatQuestion(
          {
            ...question,
            fy: field.fy,
            indicators: [field.indicator],
            order: order === 'high' ? 'low' : 'high',
          },
          sources.catalogue,
        ),
      ),
      choice(
        '平均は？',
        formatQuestion(
          {
            kind: 'aggregate',
            branches: named,
            fy: field.fy,
            indicators: [field.indicator],
            aspect,
            how: 'mean',
          },
          sources.catalogue,
        ),
      ),
    ],
  });
}

function headline(
  { standing, order, aspect }: QuestionOf<'rank'>,
  own: Ranked | undefined,
  ranked: readonly Ranked[],
): string | null {
  if (ranked.length === 0)
    return `数値の${aspectName(aspect)}を定めている支部がないため、順位はつけられません。`;
  if (standing === null) return null;
  if (own === undefined) return `${formatBranch(standing)}には順位をつけられる数値がありません。`;
  return `${formatBranch(standing)}は${order === 'high' ? '高い' : '低い'}ほうから${own.place}位です（数値のある${ranked.length}支部中、${figureText(own.kpi, aspect)}）。`;
}
