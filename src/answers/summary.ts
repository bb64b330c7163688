import type { AnswerCell, Answered } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type Day, type FiscalYear, fiscalYearOf, formatFiscalYear } from '../model/fiscal-year.ts';
import { STATE_MARKS, WORST_FIRST } from '../model/judgement.ts';
import type { Actual, Kpi } from '../model/kpi.ts';
import { formatSource } from '../model/source.ts';
import type { Standing } from '../model/standing.ts';
import { collectTerms } from '../questions/lexicon.ts';
import { createMatcher } from '../questions/matcher.ts';
import type { QueryToken } from '../questions/query-token.ts';
import { tokenize } from '../questions/tokens.ts';
import { answered, choice } from './card.ts';
import { kpiFact, rowOf, targetText } from './fact.ts';
import { figureQuery } from './kpi-card.ts';
import { shortNameOf } from './sources.ts';

export interface SummaryOf {
  branch: string;
  fy: FiscalYear;
  standings: readonly Standing[];
  /** An assumption that was made, such as the year. */
  note: string | null;
}

const SHOWN_CHOICES = 3;

/**
 * All KPIs of a branch's year at a glance. What needs somebody comes first, since whoever looks shortly reads
 * the top and a card that is too long loses its end; equals stay in document order.
 */
export function answerSummary({ branch, fy, standings, note }: SummaryOf, catalogue: Catalogue): Answered {
  const sorted = WORST_FIRST.flatMap((state) =>
    standings.filter(({ judgement }) => judgement.state === state),
  );
  const name = ({ kpi }: Standing) => shortNameOf(catalogue, kpi.indicator);
  const order = '遅れているものから並べています（同じ状況の中は資料の順です）。';
  return answered({
    topic: 'summary',
    title: `${formatBranch(branch)} ${formatFiscalYear(fy)} KPIのまとめ（${standings.length}件）`,
    headline: countsText(standings),
    table: {
      caption: 'KPIの目標、実績、状況',
      columns: [
        { name: '指標', kind: 'text' },
        { name: '状況', kind: 'text' },
        { name: '目標', kind: 'number' },
        { name: '実績（時点）', kind: 'number' },
        { name: '出典', kind: 'text' },
      ],
      rows: sorted.map((standing): AnswerCell[] => [
        { text: name(standing), value: null },
        { text: STATE_MARKS[standing.judgement.state], value: null },
        { text: targetText(standing.kpi), value: standing.kpi.target.value },
        { text: actualText(standing.kpi.actual), value: standing.kpi.actual?.value ?? null },
        { text: placesText(standing.kpi), value: null },
      ]),
    },
    lines: sorted.map((standing) => summaryLine(name(standing), standing)),
    notes: [note, order],
    rows: sorted.map(({ kpi }) => rowOf(kpiFact(kpi, { catalogue }))),
    choices: sorted
      .slice(0, SHOWN_CHOICES)
      .map((standing) => choice(name(standing), figureQuery(standing.kpi))),
  });
}

/** 遅れ ▲ 2、未報告 ― 6、達成 ✓ 3. */
export function countsText(standings: readonly Standing[]): string {
  return WORST_FIRST.flatMap((state) => {
    const count = standings.filter(({ judgement }) => judgement.state === state).length;
    return count === 0 ? [] : [`${STATE_MARKS[state]} ${count}件`];
  }).join('、');
}

/** 遅れ ▲：窓口受付率　実績 2.4％（５月時点）／目標 1.9％以下（1669行目）. */
export function summaryLine(name: string, { kpi, judgement }: Standing): string {
  const actual = actualText(kpi.actual);
  return `${STATE_MARKS[judgement.state]}：${name}　実績 ${actual}／目標 ${targetText(kpi)}（${placesText(kpi)}）`;
}

function actualText(actual: Actual | null): string {
  if (actual === null || (actual.value === null && /^[-―－ー—\s]*$/.test(actual.text))) return '―';
  return actual.asOf === null ? actual.text : `${actual.text}（${actual.asOf}）`;
}

/** 1669行目, and where the actual stands if it is elsewhere. */
function placesText({ source, actualSource }: Kpi): string {
  const place = formatSource({ ...source, title: '' }).trim();
  if (actualSource === undefined) return place;
  // What staff reported says itself that it is an actual.
  const other = formatSource(actualSource);
  return `${place}、${other.startsWith('実績') ? '' : '実績は'}${other}`;
}

/** 「東京 令和7」: words that name a branch and a year, and nothing else. */
interface SummaryScope {
  /** Null where none was named. */
  branch: string | null;
  fy: FiscalYear | null;
  /** What is neither; empty where all of it was understood. */
  rest: string;
}

export type ReadSummaryScope = (text: string, today: Day) => SummaryScope;

const FILLERS = /支部|年度|[のはをで、。・\s]/g;

export function createSummaryScopeReader(catalogue: Catalogue): ReadSummaryScope {
  // Names of places alone: no dictionary is needed to find them.
  const tokenizer = { tokenize: () => [] };
  const names = { ...catalogue, indicators: [], ambiguous: [], phrases: [] };
  const matcher = createMatcher(collectTerms(names, [], tokenizer));
  return (text, today) => {
    const { plain, tokens } = tokenize(text, { matcher, tokenizer, isIgnored: () => false }, today);
    const branches = [...new Set(tokens.flatMap(branchesOf))];
    const years = [...new Set(tokens.flatMap((token) => yearsOf(token, today)))];
    const known = tokens.filter((token) => branchesOf(token).length + yearsOf(token, today).length > 0);
    const unread = [...plain]
      .filter((_, at) => !known.some(({ from, to }) => from <= at && at < to))
      .join('');
    const isSeveral = branches.length > 1 || years.length > 1;
    return {
      branch: branches[0] ?? null,
      fy: years[0] ?? null,
      rest: isSeveral ? plain : unread.replace(FILLERS, ''),
    };
  };
}

function branchesOf(token: QueryToken): string[] {
  if (token.kind === 'city') return [token.branch];
  return token.kind === 'place' ? token.branches : [];
}

function yearsOf(token: QueryToken, today: Day): FiscalYear[] {
  if (token.kind === 'year_before') return [fiscalYearOf(today) - 1];
  return token.kind === 'years' ? token.fys : [];
}
