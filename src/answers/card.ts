import type { Answered, Choice, Clarify, NotFound } from '../model/answer.ts';
import { formatSource, type Source } from '../model/source.ts';

export type Card = Partial<Omit<Answered, 'kind' | 'topic' | 'title' | 'text'>> & {
  topic: string;
  title: string;
  /** Lines of the plain text between the details and the note; a table reads as these. */
  lines?: string[];
};

const DOCUMENTS_IN_TEXT = 5;
const PLACES_IN_TEXT = 8;

export function uniqueSources(sources: readonly Source[]): Source[] {
  const kept = new Map(sources.map((source) => [`${source.file}:${source.line}`, source]));
  return [...kept.values()];
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

/** Fills a card in its fixed order and writes its plain text. */
export function answered(card: Card): Answered {
  const { lines = [], ...given } = card;
  const ofRows = (given.rows ?? []).flatMap(({ source, actualSource }) =>
    actualSource ? [source, actualSource] : [source],
  );
  const sources = uniqueSources([...(given.sources ?? []), ...ofRows]);
  const { headline = null, details = [], note = null } = given;
  const text = [
    given.title,
    ...(headline === null ? [] : [headline]),
    ...details.map(({ label, value }) => `${label}：${value}`),
    ...lines,
    ...(note === null ? [] : [`※${note}`]),
    ...sourceLines(sources),
  ].join('\n');
  return {
    kind: 'answered',
    topic: given.topic,
    title: given.title,
    headline,
    details,
    table: given.table ?? null,
    chart: given.chart ?? null,
    note,
    rows: given.rows ?? [],
    passages: given.passages ?? [],
    sources,
    choices: uniqueChoices(given.choices ?? []),
    text,
  };
}

const MOST_CHOICES = 5;

function uniqueChoices(choices: readonly Choice[]): Choice[] {
  return [...new Map(choices.map((choice) => [choice.ask, choice])).values()].slice(0, MOST_CHOICES);
}

export function notFound(text: string, choices: readonly Choice[] = []): NotFound {
  return { kind: 'not_found', text, choices: uniqueChoices(choices) };
}

export function clarify(text: string, choices: readonly Choice[]): Clarify {
  return { kind: 'clarify', text, choices: choices.slice(0, 10) };
}

/** A button's label is short; the question behind it is whole. */
export function choice(label: string, ask: string): Choice {
  return { label: label.length > 75 ? `${label.slice(0, 74)}…` : label, ask };
}
