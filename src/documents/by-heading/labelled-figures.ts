import type { HeadingRole } from '../../model/catalogue.ts';
import { type DocumentForm, linesOf, type Table, tableOfRows } from '../formats/form.ts';
import { itemMark } from '../kpi/marks.ts';
import type { Line } from '../lines.ts';
import { type FacetWords, readFacets } from './facets.ts';

/** 【目標】62.5%以上, 実績:38.5%(9月末), 評価 B: a label, and what it says of the indicator above. */
const LABELLED =
  /^[・○●■□※]?\s*(?:[【〈《［[(（]\s*(?<inside>[^】〉》］\])）]{1,16})\s*[】〉》］\])）]\s*[:：]?|(?<bare>[^:：\s]{1,16}?)\s*[:：]|(?<spaced>[^\s:：]{2,10})\s+)\s*(?<rest>\S.*)$/;
const ROLES: readonly (HeadingRole | null)[] = [
  'target',
  'actual',
  'forecast',
  'derived',
  'reference',
  'evaluation',
];
/** 実施率 62.5%: the label's own words say what of the topic above it is measured. */
const MEASURED = /^(実施率|受診率|取得率|回収率|使用割合|割合|利用率)(?:は|を|[:：])?\s*(?=\d)/;
const LONGEST_NAME = 40;
const LONGEST_LINE = 200;

interface Label {
  line: Line;
  label: string;
  rest: string;
}

/**
 * A line that states the figures of several years, and lines that say 目標, 実績, 評価 one below the other, under a line that names an indicator, are each a table of one row. Such
 * blocks take the place of what their spaces had set in columns.
 */
export function withLabelledFigures(form: DocumentForm, words: FacetWords): DocumentForm {
  const inTables = linesOf(form.tables);
  const blocks = form.lines.flatMap((line) => (inTables.has(line.number) ? [] : (inTurn(line, words) ?? [])));
  for (let at = 0; at < form.lines.length; at++) {
    const labels: Label[] = [];
    for (let next = at + 1; next < form.lines.length; next++) {
      const own = labelled(form.lines[next], words);
      if (!own) break;
      labels.push(own);
    }
    const block = labels.length > 1 ? blockOf(form.lines[at], labels, words) : null;
    if (block) blocks.push(block);
    at += block ? labels.length : Math.max(0, labels.length - 1);
  }
  if (blocks.length === 0) return form;
  const isFree = ({ from, to }: Table) => !blocks.some((block) => block.from <= to && block.to >= from);
  const tables = [...form.tables.filter(isFree), ...blocks].sort((a, b) => a.from - b.from);
  return { ...form, tables };
}

function labelled(line: Line | undefined, words: FacetWords): Label | null {
  if (!line || line.text.includes('\t') || line.text.length > LONGEST_LINE) return null;
  const { inside, bare, spaced, rest = '' } = LABELLED.exec(line.text)?.groups ?? {};
  const label = inside ?? bare ?? spaced;
  if (label === undefined) return null;
  const { role, indicator } = readFacets(label, words);
  return indicator === null && ROLES.includes(role) ? { line, label, rest } : null;
}

function blockOf(title: Line | undefined, labels: readonly Label[], words: FacetWords): Table | null {
  if (!title || title.text.length > LONGEST_LINE || /。$|\d%/.test(title.text)) return null;
  const mark = itemMark(title.text);
  const topic = title.text.slice(mark?.length ?? 0).replace(/^[・○●■□◆◇▶]\s*|^【KPI】\s*|[:：]$/g, '');
  const measured =
    labels.map(({ rest }) => MEASURED.exec(rest)?.[1]).find((word) => word !== undefined) ?? '';
  const name = topic.endsWith(measured) ? topic : `${topic}${measured}`;
  const { indicator } = readFacets(name, words);
  const hasTarget = labels.some(({ label }) => readFacets(label, words).role === 'target');
  if (name.length > LONGEST_NAME || indicator === null || !hasTarget) return null;
  return rowOf(
    title.number,
    labels.at(-1)?.line.number ?? title.number,
    name,
    labels.map(({ label, rest }) => ({ heading: label, figure: rest.replace(MEASURED, '') })),
  );
}

/** R6実績 6.8%, 令和8年度 30.1%(目標): a year, what the figure is, and the figure. */
const IN_TURN =
  /(?<year>(?:令和|R)\s*\d{1,2}(?:\s*年度)?)\s*の?(?<role>[^\s\d:：()（）、→%]{2,6})?\s*[:：]?\s*(?<figure>\d[\d,]*(?:\.\d+)?\s*(?:%|事業所|社|円|日|件|人)(?:以[上下内])?)(?:\s*[(（](?<after>[^()（）\d]{2,6})[)）])?/g;
const LONGEST_REST = 12;

/** A line that names an indicator and states its figures of several years, each with its year and what it is. */
function inTurn({ text, number }: Line, words: FacetWords): Table | null {
  if (text.includes('\t') || text.length > LONGEST_LINE) return null;
  const found = [...text.matchAll(IN_TURN)];
  if (found.length < 2) return null;
  const name = text.slice(0, found[0]?.index ?? 0).replace(/^[・○●■□◆]\s*|[\s:：(（、はが]+$/g, '');
  const rest = text.slice(found[0]?.index ?? 0).replace(IN_TURN, '');
  const figures = found.map(({ groups }) => ({
    heading: `${groups?.year}${groups?.role ?? groups?.after ?? ''}`,
    figure: groups?.figure ?? '',
  }));
  const roles = figures.map(({ heading }) => readFacets(heading, words).role);
  const isTold = roles.includes('target') && roles.every((role) => ROLES.includes(role));
  if (!isTold || /\d/.test(rest) || rest.length > LONGEST_REST || name.length > LONGEST_NAME) return null;
  return readFacets(name, words).indicator === null ? null : rowOf(number, number, name, figures);
}

/** A table of one row below its headings. */
function rowOf(
  from: number,
  to: number,
  name: string,
  figures: readonly { heading: string; figure: string }[],
): Table {
  const rows = [
    ['指標', ...figures.map(({ heading }) => heading)],
    [name, ...figures.map(({ figure }) => figure)],
  ];
  return { ...tableOfRows(rows.map((cells) => ({ number: from, cells }))), to };
}
