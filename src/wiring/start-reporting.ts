import { createHash } from 'node:crypto';
import { isoDayInTokyo, timeInTokyo } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { ReportEntry, ReportScope, SavedReport } from '../model/figure-report.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { jumpsIn, sheetOf } from '../model/report-sheet.ts';
import { type FigureChange, type ReportedActual, type ReportedLine, reportedKey } from '../model/reported.ts';
import type { Reporter, ReportService } from '../slack/report-service.ts';
import type { Standings } from '../store/standings.ts';
import type { Store } from '../store/store.ts';
import { readActual, WITHDRAW } from '../tables/figure-cell.ts';
import { takeSharedTable } from './take-shared-table.ts';

export interface ReportingParts {
  store: Store;
  catalogue: Catalogue;
  standings: Standings;
  /** What is known now, with what staff reported. */
  openKnowledge: () => Promise<Knowledge>;
  now: () => Date;
}

/** Joins what Slack asks for when figures are reported to the store and to the reader of tables. */
export function wireReporting(parts: ReportingParts): ReportService {
  const { store, catalogue, standings } = parts;
  return {
    async sheet({ branch, fy, asOf }) {
      const [rows, actuals] = await Promise.all([standings(branch, fy), store.reportedActuals()]);
      return sheetOf({ standings: rows, actuals, asOf });
    },
    read(text, line) {
      if (text === WITHDRAW) {
        return line.own ? { value: null, text } : { problem: 'この日の報告がないため、取り消せません' };
      }
      const read = readActual({ text, numeric: false }, line);
      return 'value' in read ? read.value : read;
    },
    jumps: ({ asOf }, sheet, entries) => jumpsIn(sheet, entries, asOf, catalogue.calendar),
    save: (scope, entries, by) => save(parts, scope, entries, by),
    takeTable: (file, member, name) => takeSharedTable(parts, file, member, name),
  };
}

async function save(
  parts: ReportingParts,
  scope: ReportScope,
  entries: readonly ReportEntry[],
  by: Reporter,
): Promise<SavedReport> {
  const { store, catalogue, standings, now } = parts;
  const { branch, fy, asOf } = scope;
  const sheet = sheetOf({
    standings: await standings(branch, fy),
    actuals: await store.reportedActuals(),
    asOf,
  });
  const lines = entries.map((entry, index): ReportedLine<'kpi'> => {
    const key = reportedKey({ branch, fy, indicator: entry.indicator, asOf });
    return { line: index + 1, key, row: entry.text === WITHDRAW ? null : rowOf(scope, entry) };
  });
  const at = now();
  const file = `Slackでの報告 ${by.name} ${isoDayInTokyo(at)} ${timeInTokyo(at)}`;
  const digest = createHash('sha256').update(JSON.stringify(lines)).digest('hex');
  const table = { kind: 'kpi' as const, file, digest, by: by.user, lines };
  const change = await store.importFigures(table, at, (made) => {
    const detail = describeChange(made, catalogue, scope);
    return detail === null ? null : { action: 'figures_reported', actor: by.user, subject: branch, detail };
  });
  const written = new Set(
    [...change.added, ...change.changed.map(({ after }) => after), ...change.withdrawn].map(
      ({ line }) => line,
    ),
  );
  const fresh = await standings(branch, fy);
  const owners = await store.owners();
  const newest = newestDays(await store.reportedActuals(), scope);
  return {
    scope,
    unchanged: change.unchanged,
    channel: owners.find((owner) => owner.branch === branch)?.channel ?? null,
    figures: entries.flatMap((entry, index) => {
      const line = sheet.find(({ indicator }) => indicator === entry.indicator);
      if (!line || !written.has(index + 1)) return [];
      const standing = fresh.find(({ kpi }) => kpi.indicator === entry.indicator);
      const isNewest = newest.get(entry.indicator) === asOf && standing?.kpi.actual?.text === entry.text;
      const state = isNewest ? (standing?.judgement.state ?? null) : null;
      const corrected = line.own === null || line.own.text === entry.text ? null : line.own.text;
      return [{ ...entry, name: line.name, target: line.target, state, corrected, last: line.last }];
    }),
  };
}

/** Keys stand in the order in which tables write them, so that the same figure is known again. */
function rowOf({ branch, fy, asOf }: ReportScope, entry: ReportEntry): ReportedActual {
  const { indicator, value, text, comment, evaluation, next } = entry;
  return {
    branch,
    fy,
    indicator,
    asOf,
    value,
    text,
    note: comment,
    ...(evaluation === null ? {} : { evaluation }),
    ...(next === null ? {} : { next }),
  };
}

function newestDays(actuals: readonly ReportedActual[], { branch, fy }: ReportScope): Map<string, string> {
  const newest = new Map<string, string>();
  for (const row of actuals) {
    if (row.branch !== branch || row.fy !== fy) continue;
    if ((newest.get(row.indicator) ?? '') < row.asOf) newest.set(row.indicator, row.asOf);
  }
  return newest;
}

/** 令和7年度 2025-09-30時点：ジェネリック医薬品使用割合 81.2％ → 80.2％、査定率 新規 0.3％; null where nothing changed. */
function describeChange(
  change: FigureChange<'kpi'>,
  { indicators }: Catalogue,
  scope: ReportScope,
): string | null {
  const nameOf = ({ indicator }: ReportedActual) =>
    indicators.find(({ id }) => id === indicator)?.name ?? indicator.replace(/^other:/, '');
  const added = change.added.flatMap(({ row }) => (row ? [`${nameOf(row)} 新規 ${row.text}`] : []));
  const changed = change.changed.flatMap(({ before, after }) =>
    after.row ? [`${nameOf(before)} ${before.text} → ${after.row.text}`] : [],
  );
  const withdrawn = change.withdrawn.map(({ before }) => `${nameOf(before)} ${before.text} → ${WITHDRAW}`);
  const all = [...added, ...changed, ...withdrawn];
  return all.length === 0 ? null : `令和${scope.fy}年度 ${scope.asOf}時点：${all.join('、')}`;
}
