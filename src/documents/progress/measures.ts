import type { Evaluation, Measure } from '../../model/measure.ts';
import { type PartText, sourceIn } from '../part-text.ts';
import { columnText, type JoinedLines, joinLines } from '../passages.ts';
import { type Columns, enclosed, type Piece } from './columns.ts';

/** A measure, and the cells that its progress and next steps were read from. */
export interface MeasureLine {
  measure: Measure;
  progress: JoinedLines | null;
  next: JoinedLines | null;
}

/**
 * The measures of one page with their progress, evaluation and next steps.
 * `section` is the path above the page's numbered measures, `outer` that above the text which introduces them.
 */
export function measuresOf(
  part: PartText,
  columns: Columns,
  section: string[],
  outer: string[] = section,
): MeasureLine[] {
  const plans = columns.plan.filter((piece) => piece.lines.length > 0 || piece.numbers.length > 0);
  const progress = plans.map((plan) => columnText(matching(plan, columns.progress, plans)));
  const evaluations = assignEvaluations(
    progress.map((cell) => cell?.text ?? null),
    plans,
    columns.evaluations.map(({ sign }) => sign),
  );
  const rows = plans.flatMap((plan, index): MeasureLine[] => {
    const [first] = plan.lines;
    if (!first) return [];
    const measure = {
      branch: part.branch,
      fy: part.fy,
      section: plan.numbers.length === 0 ? outer : section,
      number: enclosed(plan.numbers),
      plan: joinLines(plan.lines),
      evaluation: evaluations[index] ?? null,
      source: sourceIn(part, first.number),
    };
    return [rowOf(measure, progress[index] ?? null, columnText(matching(plan, columns.next, plans)))];
  });
  return withLooseText(rows, columns, plans);
}

/** The texts of a column that are for a measure: by number; unnumbered text is for the only measure of the page. */
function matching(plan: Piece, column: readonly Piece[], plans: readonly Piece[]): Piece[] {
  const own = column.filter((piece) => piece.numbers.some((number) => plan.numbers.includes(number)));
  if (own.length > 0) return own;
  const loose = column.filter((piece) => piece.numbers.length === 0);
  const numbered = plans.filter((piece) => piece.numbers.length > 0);
  if (plan.numbers.length === 0)
    return numbered.length === 0 ? loose : plans.length > numbered.length ? loose : [];
  return plans.length === 1 ? loose : [];
}

function rowOf(
  measure: Omit<Measure, 'progress' | 'next'>,
  progress: JoinedLines | null,
  next: JoinedLines | null,
): MeasureLine {
  return {
    measure: { ...measure, progress: progress?.text ?? null, next: next?.text ?? null },
    progress,
    next,
  };
}

/**
 * Gives the signs, in order, to the measures. Where a page prints fewer signs than measures,
 * ― goes to measures that report nothing and the others to those that report something.
 */
export function assignEvaluations(
  progress: readonly (string | null)[],
  plans: readonly Piece[],
  signs: readonly Evaluation[],
): (Evaluation | null)[] {
  const rated = plans.flatMap((plan, index) =>
    plans.length === 1 || plan.numbers.length > 0 || plans.every((own) => own.numbers.length === 0)
      ? [index]
      : [],
  );
  const result: (Evaluation | null)[] = plans.map(() => null);
  if (signs.length >= rated.length) {
    for (const [nth, index] of rated.entries()) result[index] = signs[nth] ?? null;
    return result;
  }
  const best = bestAssignment(
    rated.map((index) => progress[index] ?? null),
    signs,
  );
  for (const [nth, index] of rated.entries()) result[index] = best[nth] ?? null;
  return result;
}

/** Order-preserving assignment with the most agreements, the earliest measures first among equals. */
function bestAssignment(
  progress: readonly (string | null)[],
  signs: readonly Evaluation[],
): (Evaluation | null)[] {
  const memo = new Map<string, { score: number; chosen: (Evaluation | null)[] }>();
  function solve(measure: number, sign: number): { score: number; chosen: (Evaluation | null)[] } {
    if (measure === progress.length)
      return { score: sign === signs.length ? 0 : Number.NEGATIVE_INFINITY, chosen: [] };
    const key = `${measure},${sign}`;
    const known = memo.get(key);
    if (known) return known;
    const skipped = solve(measure + 1, sign);
    let best = { score: skipped.score, chosen: [null, ...skipped.chosen] as (Evaluation | null)[] };
    const own = signs[sign];
    if (own !== undefined) {
      const taken = solve(measure + 1, sign + 1);
      const agrees = (own === '―') === nothingDone(progress[measure] ?? null);
      const score = taken.score + (agrees ? 1 : 0);
      if (score >= best.score) best = { score, chosen: [own, ...taken.chosen] };
    }
    memo.set(key, best);
    return best;
  }
  return solve(0, 0).chosen;
}

function nothingDone(progress: string | null): boolean {
  return progress === null || /^[―-]$/.test(progress.trim());
}

/** What was done and comes next, and no number ties to a measure, stands as an item of its own, so that none is lost. */
function withLooseText(rows: MeasureLine[], columns: Columns, plans: readonly Piece[]): MeasureLine[] {
  const progress = columns.progress.filter(isLoose);
  const next = columns.next.filter(isLoose);
  const [first] = [...progress, ...next][0]?.lines ?? [];
  const model = rows[0]?.measure;
  if (!first || !model || plans.length === 1 || plans.some((plan) => plan.numbers.length === 0)) return rows;
  const measure = {
    ...model,
    number: '',
    plan: model.section.at(-1) ?? '',
    evaluation: null,
    source: { ...model.source, line: first.number },
  };
  return [...rows, rowOf(measure, columnText(progress), columnText(next))];
}

function isLoose({ numbers, lines }: Piece): boolean {
  return numbers.length === 0 && lines.length > 0;
}
