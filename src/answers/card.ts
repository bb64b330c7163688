import type { Answered, AnswerPassage, Choice, Clarify, NotFound } from '../model/answer.ts';
import type { Query } from '../model/query.ts';
import { formatSource, type Source } from '../model/source.ts';
import { placed } from './passage-parts.ts';

type Card = Partial<Omit<Answered, 'kind' | 'topic' | 'title' | 'text' | 'note'>> & {
  topic: string;
  title: string;
  /** Assumptions and remarks, each a sentence; empty ones are left out. */
  notes?: (string | null)[];
};

const DOCUMENTS_IN_TEXT = 5;
const PLACES_IN_TEXT = 8;
const MOST_CHOICES = 5;

function uniqueSources(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map((source) => [`${source.file}:${source.line}`, source])).values()];
}

/** Each document once, with the places in it. */
function sourceLines(sources: readonly Source[]): string[] {
  if (sources.length === 0) return [];
  const documents = new Map<string, Source[]>();
  for (const source of sources) documents.set(source.title, [...(documents.get(source.title) ?? []), source]);
  const shown = [...documents.values()].slice(0, DOCUMENTS_IN_TEXT).map(([first, ...others]) => {
    if (first === undefined) return '';
    const places = others
      .slice(0, PLACES_IN_TEXT - 1)
      .map((source) => formatSource({ ...source, title: '' }).trim());
    const more = others.length >= PLACES_IN_TEXT ? `ほか${others.length - PLACES_IN_TEXT + 1}か所` : null;
    return [formatSource(first), ...places, ...(more === null ? [] : [more])].join('、');
  });
  const more = documents.size > DOCUMENTS_IN_TEXT ? [`ほか${documents.size - DOCUMENTS_IN_TEXT}資料`] : [];
  return [`出典：${[...shown, ...more].join('／')}`];
}

/** Fills a card in its fixed order and writes its plain text, once. */
export function answered(card: Card): Answered {
  const { rows = [], headline = null, details = [], lines = [] } = card;
  const ofRows = rows.flatMap(({ source, actualSource }) =>
    actualSource ? [source, actualSource] : [source],
  );
  const sources = uniqueSources([...(card.sources ?? []), ...ofRows]);
  const notes = (card.notes ?? []).filter((note) => note !== null && note !== '');
  const note = notes.length === 0 ? null : [...new Set(notes)].join('');
  const text = [
    card.title,
    ...(headline === null ? [] : [headline]),
    ...details.map(({ label, value }) => `${label}：${value}`),
    ...lines,
    ...(note === null ? [] : [`※${note}`]),
    ...sourceLines(sources),
  ].join('\n');
  return {
    kind: 'answered',
    topic: card.topic,
    title: card.title,
    headline,
    details,
    lines,
    table: card.table ?? null,
    chart: card.chart ?? null,
    note,
    rows,
    passages: card.passages ?? [],
    sources,
    choices: uniqueChoices(card.choices ?? []),
    text,
  };
}

/** Two buttons never have one label, and none asks what another asks. */
function uniqueChoices(choices: readonly Choice[]): Choice[] {
  const byQuery = new Map(choices.map((choice) => [JSON.stringify(choice.query), choice]));
  const byLabel = new Map<string, Choice>();
  for (const choice of byQuery.values()) if (!byLabel.has(choice.label)) byLabel.set(choice.label, choice);
  return [...byLabel.values()].slice(0, MOST_CHOICES);
}

/** `sources`: of the figures that the text tells instead. */
export function notFound(
  text: string,
  choices: readonly Choice[] = [],
  sources: readonly Source[] = [],
): NotFound {
  const told = [text, ...sourceLines(uniqueSources(sources))].join('\n');
  return { kind: 'not_found', text: told, passages: [], choices: uniqueChoices(choices) };
}

/** Shows places that come near below what could not be answered. */
export function withNear<A extends Clarify | NotFound>(answer: A, near: readonly AnswerPassage[]): A {
  if (near.length === 0 || answer.passages.length > 0) return answer;
  const quotes = near.map((passage) => placed(passage, passage.text));
  const text = [answer.text, '近い記載（お尋ねの答えとは限りません）：', ...quotes].join('\n');
  return { ...answer, text, passages: [...near] };
}

export function clarify(text: string, choices: readonly Choice[]): Clarify {
  return {
    kind: 'clarify',
    text,
    passages: [],
    choices: [...new Map(choices.map((c) => [c.label, c])).values()].slice(0, 10),
  };
}

const LONGEST_LABEL = 75;

/** A button's label is short; the query behind it is whole. */
export function choice(label: string, query: Query): Choice {
  return { label: label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label, query };
}
