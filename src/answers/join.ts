import type { Answered, Table } from '../model/answer.ts';
import { answered } from './card.ts';

/**
 * Several answers to one question as one card: the first leads, the headlines of the others are details,
 * their lines follow; tables with the same rows become one.
 */
export function joinAnswers(first: Answered, ...others: readonly Answered[]): Answered {
  const parts = [first, ...others];
  const notes = [...new Set(parts.flatMap(({ note }) => (note === null ? [] : [note])))];
  return answered({
    topic: first.topic,
    title: first.title,
    headline: first.headline,
    details: [
      ...first.details,
      ...others.flatMap(({ title, headline, details }) => [
        ...(headline === null ? [] : [{ label: title, value: headline }]),
        ...details,
      ]),
    ],
    lines: parts.flatMap((part) => [
      ...((part !== first && part.headline === null) || part.table !== null ? [part.title] : []),
      ...linesOf(part),
    ]),
    table: mergeTables(parts.flatMap(({ table }) => (table === null ? [] : [table]))),
    chart: first.chart,
    note: notes.length === 0 ? null : notes.join(''),
    rows: parts.flatMap(({ rows }) => rows),
    passages: parts.flatMap(({ passages }) => passages),
    sources: parts.flatMap(({ sources }) => sources),
    choices: parts.flatMap(({ choices }) => choices),
  });
}

/** What the plain text has between the details and the note. */
function linesOf({ text, headline, details }: Answered): string[] {
  const lines = text.split('\n').filter((line) => !/^(?:※|出典：)/.test(line));
  return lines.slice(1 + (headline === null ? 0 : headline.split('\n').length) + details.length);
}

/** Beside each other where all have the same first column; else the first. */
function mergeTables(tables: readonly Table[]): Table | null {
  const [first, ...others] = tables;
  if (first === undefined) return null;
  const labels = (table: Table) => table.rows.map(([cell]) => cell?.text).join('\n');
  const alike = others.filter((table) => labels(table) === labels(first));
  return {
    caption: [first, ...alike].map(({ caption }) => caption).join('、'),
    columns: [...first.columns, ...alike.flatMap(({ columns }) => columns.slice(1))],
    rows: first.rows.map((row, at) => [...row, ...alike.flatMap(({ rows }) => rows[at]?.slice(1) ?? [])]),
  };
}
