import { decimalsOf, formatFixed } from '../japanese/amounts.ts';
import type { Answer, Answered } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Aspect, QuestionOf } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import { answered, choice, clarify, notFound } from './card.ts';
import { chartOf } from './chart.ts';
import { answerFigure } from './figure.ts';
import { joinAnswers } from './join.ts';
import { nameOf, onePerKpi, type Sources, unitOf } from './look-up.ts';
import { figureOf, figureText } from './measured.ts';
import { formatDifference, rowOf } from './rows.ts';
import { commonYear, widestYear } from './years.ts';

interface Pair {
  label: string;
  kpi: Kpi;
}

/** 「神奈川支部が2.1ポイント高い」 with its arithmetic; or why none is computed. */
function verdict(pairs: readonly Pair[], question: QuestionOf<'compare'>, sources: Sources): string[] {
  const numbered = pairs.flatMap(({ label, kpi }) => {
    const value = figureOf(kpi, question.aspect);
    return value === null ? [] : [{ label, kpi, value }];
  });
  const [high, ...others] = [...numbered].sort((a, b) => b.value - a.value);
  const low = others.at(-1);
  const [first] = numbered;
  const second = numbered[1];
  if (high === undefined || low === undefined || first === undefined || second === undefined) {
    return ['対前年度の目標など数値のないものがあるため、差は計算できません。'];
  }
  const unit = unitOf(sources.catalogue, high.kpi);
  const decimals = Math.max(...numbered.map(({ kpi }) => decimalsOf(figureText(kpi, question.aspect))));
  const shown = (value: number) => formatFixed(value, decimals);
  const relative = numbered.length < pairs.length ? '数値の目標どうしでは、' : '';
  if (high.value === low.value)
    return [
      `${relative}${numbered.map(({ label }) => label).join('と')}は同じです（${shown(high.value)}）。`,
    ];
  if (question.branches.length === 1) {
    const change = second.value - first.value;
    const word = change > 0 ? '増えています' : '減っています';
    return [
      `${first.label}から${second.label}へ${formatDifference(change, unit)}${word}（${shown(second.value)} − ${shown(first.value)}）。`,
    ];
  }
  const arithmetic = `（${shown(high.value)} − ${shown(low.value)}）`;
  const gap = formatDifference(high.value - low.value, unit);
  return numbered.length === 2
    ? [`${relative}${high.label}のほうが${gap}高いです${arithmetic}。`]
    : [`${relative}最も高いのは${high.label}、最も低いのは${low.label}で、差は${gap}です${arithmetic}。`];
}

function yearsOf(question: QuestionOf<'compare'>, known: readonly Kpi[]): number[] {
  if (question.fys.length > 0) return question.fys;
  if (question.branches.length === 1)
    return [...new Set(known.map((kpi) => kpi.fy))].sort((a, b) => a - b).slice(-2);
  const common = commonYear(known, question.branches) ?? widestYear(known);
  return common === null ? [] : [common];
}

/** 「どこまで増えた？」 where one report alone tells an actual: its card has the year before beside it. */
const REPORTED: ReadonlySet<Aspect> = new Set(['actual', 'progress']);

const MOST_INDICATORS = 4;

/** Branches beside each other, or the years of one branch; each indicator that all of them have. */
export async function answerCompare(question: QuestionOf<'compare'>, sources: Sources): Promise<Answer> {
  const { knowledge } = sources;
  const { branches, indicators } = question;
  if (branches.length === 0)
    return clarify('どの支部を比べるのでしょうか。支部名を並べてお尋ねください。', []);
  const all = await knowledge.kpis({ branches, indicators });
  const shared = indicators.filter((id) =>
    branches.every((branch) => all.some((kpi) => kpi.branch === branch && kpi.indicator === id)),
  );
  if (shared.length < 2) return compareOne(question, sources);
  const each: Answered[] = [];
  for (const id of shared.slice(0, MOST_INDICATORS)) {
    const answer = await compareOne({ ...question, indicators: [id] }, sources);
    if (answer.kind === 'answered') each.push(answer);
  }
  const [first, ...others] = each;
  return first === undefined ? compareOne(question, sources) : joinAnswers(first, ...others);
}

async function compareOne(question: QuestionOf<'compare'>, sources: Sources): Promise<Answer> {
  const { catalogue, knowledge } = sources;
  const { branches } = question;
  const all = onePerKpi(catalogue, await knowledge.kpis({ branches, indicators: question.indicators }));
  const indicator =
    question.indicators.find((id) =>
      branches.every((branch) => all.some((kpi) => kpi.branch === branch && kpi.indicator === id)),
    ) ?? question.indicators[0];
  const known = all.filter((kpi) => kpi.indicator === indicator);
  if (indicator === undefined) return notFound('比べる指標がわかりませんでした。');
  const years = yearsOf(question, known);
  const latest = (branch: string) =>
    known.filter((kpi) => kpi.branch === branch).sort((a, b) => b.fy - a.fy)[0];
  const pairs: Pair[] = branches.flatMap((branch) => {
    if (years.length === 0) {
      const kpi = latest(branch);
      return kpi === undefined
        ? []
        : [{ label: `${formatBranch(branch)}（${formatFiscalYear(kpi.fy)}）`, kpi }];
    }
    return years.flatMap((fy) =>
      known
        .filter((kpi) => kpi.branch === branch && kpi.fy === fy)
        .map((kpi) => ({
          label:
            branches.length === 1
              ? formatFiscalYear(fy)
              : years.length === 1
                ? formatBranch(branch)
                : `${formatBranch(branch)} ${formatFiscalYear(fy)}`,
          kpi,
        })),
    );
  });
  const [branch] = branches;
  const reported = pairs.filter(({ kpi }) => figureOf(kpi, question.aspect) !== null);
  if (
    REPORTED.has(question.aspect) &&
    branches.length === 1 &&
    branch !== undefined &&
    reported.length === 1
  ) {
    const fy = reported[0]?.kpi.fy ?? null;
    return answerFigure({ kind: 'figure', branch, fy, indicators: [indicator], aspect: 'progress' }, sources);
  }
  const name = nameOf(catalogue, indicator);
  if (pairs.length < 2) {
    const there = pairs
      .map(({ label, kpi }) => `${label}は${figureText(kpi, question.aspect)}です。`)
      .join('');
    return notFound(`「${name}」を比べられるだけの資料がありません。${there}`, [
      choice(
        `${name}の全支部一覧`,
        formatQuestion(
          {
            kind: 'rank',
            branches: [],
            fy: null,
            indicators: [indicator],
            aspect: 'target',
            order: 'high',
            top: null,
            standing: null,
          },
          catalogue,
        ),
      ),
    ]);
  }
  const absent = branches.filter((branch) => !pairs.some(({ kpi }) => kpi.branch === branch));
  const note = [
    new Set(all.map((kpi) => kpi.indicator)).size < 2 ? '' : `お尋ねのことばは「${name}」と読みました。`,
    question.fys.length === 0 && years.length === 1 && years[0] !== undefined
      ? `年度の指定がないため、${formatFiscalYear(years[0])}でお答えしました。`
      : '',
    absent.length === 0 ? '' : `${absent.map(formatBranch).join('、')}は資料にこの指標がありません。`,
  ].join('');
  const where =
    branches.length === 1 ? formatBranch(branches[0] ?? '') : years.map(formatFiscalYear).join('・');
  const sentences = verdict(pairs, question, sources);
  return answered({
    topic: 'compare',
    title: `${where} ${name}の比較`.trim(),
    headline: sentences.join(''),
    table: {
      caption: `${name}の比較`,
      columns: [
        { name: branches.length === 1 ? '年度' : '支部', kind: 'text' },
        { name, kind: 'number' },
      ],
      rows: pairs.map(({ label, kpi }) => [
        { text: label, value: null },
        { text: figureText(kpi, question.aspect), value: figureOf(kpi, question.aspect) },
      ]),
    },
    chart: chartOf(
      branches.length === 1 ? 'line' : 'bar',
      `${where} ${name}`.trim(),
      pairs[0] === undefined ? null : unitOf(catalogue, pairs[0].kpi),
      pairs.flatMap(({ label, kpi }) => {
        const value = figureOf(kpi, question.aspect);
        return value === null ? [] : [{ label, value }];
      }),
    ),
    lines: pairs.map(({ label, kpi }) => `・${label} ${figureText(kpi, question.aspect)}`),
    note: note === '' ? null : note,
    rows: pairs.map(({ kpi }) => rowOf(kpi)),
    choices: [
      ...question.indicators
        .filter((id) => id !== indicator)
        .map((id) =>
          choice(nameOf(catalogue, id), formatQuestion({ ...question, indicators: [id] }, catalogue)),
        ),
      choice(
        '全支部の順位',
        formatQuestion(
          {
            kind: 'rank',
            branches: [],
            fy: years.at(-1) ?? null,
            indicators: [indicator],
            aspect: question.aspect,
            order: 'high',
            top: null,
            standing: null,
          },
          catalogue,
        ),
      ),
    ],
  });
}
