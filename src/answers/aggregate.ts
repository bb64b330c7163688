import { formatNumber } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { QuestionOf } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import { gather, isAnswer, notesOf, scopeText } from './across.ts';
import { answered, choice, notFound } from './card.ts';
import { type Sources, unitOf } from './look-up.ts';
import { aspectName, figureText } from './measured.ts';
import { rankKpis } from './rank.ts';
import { rowOf } from './rows.ts';

const NAMES = { mean: '平均', max: '最も高い支部', min: '最も低い支部', sum: '合計' } as const;

/** A mean, sum, highest or lowest, computed from the figures shown. */
export async function answerAggregate(question: QuestionOf<'aggregate'>, sources: Sources): Promise<Answer> {
  const field = await gather(question, sources);
  if (isAnswer(field)) return field;
  const { how } = question;
  const { aspect } = field;
  const ranked = rankKpis(field.kpis, aspect, how === 'min' ? 'low' : 'high');
  const [first] = ranked;
  if (first === undefined)
    return notFound(
      `${formatFiscalYear(field.fy)}の「${field.name}」には、数値の${aspectName(aspect)}がありません。`,
    );
  const unit = unitOf(sources.catalogue, first.kpi) ?? '';
  const total = ranked.reduce((sum, { value }) => sum + value, 0);
  const extremes = ranked.filter(({ place }) => place === 1);
  const computed = how === 'mean' || how === 'sum';
  const arithmetic = `数値のある${ranked.length}支部の合計 ${formatNumber(total, 4)}`;
  const headline =
    how === 'mean'
      ? `平均 ${formatNumber(total / ranked.length, 2)}${unit}（${arithmetic} ÷ ${ranked.length}）`
      : how === 'sum'
        ? `合計 ${formatNumber(total, 4)}${unit}（数値のある${ranked.length}支部）`
        : `${extremes.map(({ kpi }) => formatBranch(kpi.branch)).join('、')} ${figureText(first.kpi, aspect)}`;
  const apart = field.kpis.length - ranked.length;
  return answered({
    topic: 'aggregate',
    title: `${formatFiscalYear(field.fy)} ${field.name}の${aspectName(aspect)}の${NAMES[how]}：${scopeText(question.branches, field.kpis.length)}`,
    headline,
    lines:
      question.branches.length > 0
        ? ranked.map(
            ({ kpi }) => `・${formatBranch(kpi.branch)} ${figureText(kpi, aspect)}（${kpi.source.line}行目）`,
          )
        : [],
    note: notesOf(field, apart === 0 ? null : `数値のない目標の${apart}支部は除きました。`),
    rows: (computed || question.branches.length > 0 ? ranked : extremes).map(({ kpi }) => rowOf(kpi)),
    choices: [
      choice(
        '順位を見る',
        formatQuestion(
          {
            kind: 'rank',
            branches: question.branches,
            fy: field.fy,
            indicators: [field.indicator],
            aspect,
            order: how === 'min' ? 'low' : 'high',
            top: null,
            standing: null,
          },
          sources.catalogue,
        ),
      ),
    ],
  });
}
