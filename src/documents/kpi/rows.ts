import { compareSentences } from '../../japanese/sentence-changes.ts';
import type { Indicator, Unit } from '../../model/indicator.ts';
import type { Kpi, Target } from '../../model/kpi.ts';
import type { Doubt } from '../../model/plan-document.ts';
import { type Line, notTaken } from '../lines.ts';
import { type PartText, sourceIn } from '../part-text.ts';
import { uncertainty } from './certainty.ts';
import { splitClauses } from './clauses.ts';
import type { IndicatorNames } from './indicator-names.ts';
import { kpiMarkLength } from './marks.ts';
import { findStatements, findUnmarked, type Statement } from './statements.ts';
import { parseTarget, type StatedTarget } from './target.ts';
import { kpiWeights } from './weight.ts';

/** The split of an indicator's figures over insured and dependents is told by a label above the KPI. */
const GROUP_LABEL = /^[○〇●■□◆・]?\s*[【(]?\s*(被保険者|被扶養者)\s*(?:[】)(]|$)/;

export interface KpiRows {
  kpis: Kpi[];
  doubts: Doubt[];
  /** Lines that a statement was read from. */
  read: number[];
}

/**
 * The KPI rows of one branch's plan of one year; a KPI stated twice is one row, at its first place.
 * `before` are rows that an earlier part of the document gave for the same branch and year.
 * A table that compares two years prints both: what `compared` states already is the other year's, once for each indicator.
 */
export function kpiRows(
  part: PartText,
  names: IndicatorNames,
  indicators: readonly Indicator[],
  before: readonly Kpi[] = [],
  compared: readonly Kpi[] = [],
): KpiRows {
  const marked = part.lines.some((line) => kpiMarkLength(line.text) > 0);
  const statements = marked
    ? findStatements(part.lines, names.accepts)
    : findUnmarked(part.lines, names.accepts);
  const weigh = kpiWeights(part.lines, statements);
  const others = [...compared];
  const kpis: Kpi[] = [];
  const doubts: Doubt[] = [];
  for (const statement of statements) {
    for (const clause of splitClauses(statement.text, names.accepts)) {
      const parsed = parseTarget(clause);
      if (!parsed) continue;
      const doubt = (reason: string) =>
        doubts.push(notTaken(part.file, { number: statement.line, text: clause }, reason));
      const named = names.recognise(clause, parsed, {
        blockHead: clause === statement.text ? statement.blockHead : statement.text,
        before: paragraphBefore(part.lines, statement, clause),
        group: groupLabel(part.lines, statement.index),
        headings: part.sectionAt(statement.index),
      });
      if (named === null) {
        doubt('何の率や数か、文から分かりません');
        continue;
      }
      const indicator = isAnotherDeed(named, clause, parsed, [...before, ...kpis])
        ? names.ownName(clause, parsed)
        : named;
      const why = uncertainty(clause, parsed, { fy: part.fy, marked, statement: statement.text });
      if (why !== null) {
        doubt(why);
        continue;
      }
      const known = indicators.find(({ id }) => id === indicator);
      const target = withUnit(withOp(parsed, known), known?.unit ?? null);
      const other = others.findIndex((kpi) => kpi.indicator === indicator && !disagree(kpi.target, target));
      if (other >= 0) {
        others.splice(other, 1);
        continue;
      }
      const first = [...before, ...kpis].find((kpi) => kpi.indicator === indicator);
      if (first) {
        if (disagree(first.target, target)) doubts.push(conflict(part, statement, first));
        continue;
      }
      kpis.push({
        branch: part.branch,
        fy: part.fy,
        indicator,
        target,
        actual: null,
        stated: clause,
        section: part.sectionAt(statement.index),
        ...weigh(statement),
        source: sourceIn(part, statement.line),
      });
    }
  }
  return {
    kpis,
    read: statements.flatMap(({ index, lines }) =>
      part.lines.slice(index, index + lines).map(({ number }) => number),
    ),
    doubts: [...doubts, ...unstatedMarks(part, statements)],
  };
}

/** No figure tells two deeds of one indicator apart: a deed in other words is a KPI of its own. */
function isAnotherDeed(indicator: string, clause: string, { op }: Target, known: readonly Kpi[]): boolean {
  const first = known.find((kpi) => kpi.indicator === indicator);
  if (op !== 'do' || first?.target.op !== 'do' || first.stated === null) return false;
  return compareSentences(first.stated, clause).every(({ kind }) => kind === 'added' || kind === 'removed');
}

/** 健康宣言事業所数 1,850社: the figure alone is what is to be reached, or not to be passed. */
function withOp(target: StatedTarget, indicator: Indicator | undefined): StatedTarget {
  if (!target.bare || indicator === undefined || (indicator.unit === '%' && target.value === 100))
    return target;
  return { ...target, op: indicator.direction === 'down' ? '<=' : '>=' };
}

function withUnit(target: StatedTarget, unit: Unit | null): Target {
  const { at: _, bare: __, text, ...rest } = target;
  const plain = { ...rest, text: text.replaceAll('%', '％') };
  return plain.value === null ? { ...plain, unit: null } : { ...plain, unit: plain.unit ?? unit };
}

/** What its paragraph says before a clause: in its own statement, and the sentences of the same line. */
function paragraphBefore(lines: readonly Line[], { index, text }: Statement, clause: string): string | null {
  const own = lines[index]?.number;
  const before: string[] = [];
  for (let at = index - 1; at >= 0 && lines[at]?.number === own; at--) before.unshift(lines[at]?.text ?? '');
  const said = `${before.join('').replace(/\s+/g, '')}${text.slice(0, Math.max(0, text.indexOf(clause)))}`;
  return said === '' ? null : said;
}

/** Reads the line above the statement, or above its mark. */
function groupLabel(lines: readonly Line[], index: number): string | null {
  const above = kpiMarkLength(lines[index - 1]?.text ?? '') > 0 ? index - 2 : index - 1;
  return GROUP_LABEL.exec(lines[above]?.text ?? '')?.[1] ?? null;
}

function disagree(one: Target, other: Target): boolean {
  return one.value !== other.value || one.relative !== other.relative;
}

function conflict(part: PartText, statement: Statement, known: Kpi): Doubt {
  const reason = `${known.source.line}行目の記載（${known.target.text}）と異なります`;
  return { kind: 'conflict', file: part.file, line: statement.line, text: statement.text, reason };
}

/** KPI marks that gave no statement: a reader should look there. */
function unstatedMarks(part: PartText, statements: readonly Statement[]): Doubt[] {
  const starts = new Set(statements.flatMap(({ index }) => [index, index - 1]));
  return part.lines
    .filter(({ text }, index) => kpiMarkLength(text) > 0 && !starts.has(index))
    .map((line) => notTaken(part.file, line, '目標を読み取れませんでした'));
}
