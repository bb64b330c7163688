import { foldText } from '../japanese/fold.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type Indicator, type IndicatorId, isOther } from '../model/indicator.ts';
import { type CellRead, problem } from './cell.ts';

export interface NamedIndicator {
  id: IndicatorId;
  /** Null for a KPI that one plan alone has. */
  known: Indicator | null;
}

/** Reads branches and indicators by every name of the catalogue. */
export interface NameReader {
  branch(text: string): CellRead<string>;
  indicator(text: string): CellRead<NamedIndicator>;
}

const NAMES_SHOWN = 3;

export function catalogueNames({ branches, indicators, ambiguous }: Catalogue): NameReader {
  const branchNames = new Map(
    branches.flatMap(({ name, reading, prefecture, aliases }) =>
      [name, `${name}支部`, reading, prefecture, ...aliases]
        .filter((word) => word !== '')
        .map((word) => [foldText(word), name] as const),
    ),
  );
  const indicatorNames = new Map(
    indicators.flatMap((indicator) => {
      const official = indicator.official.map(({ name }) => name);
      return [...indicator.synonyms, ...official, indicator.name, indicator.id].map(
        (word) => [foldText(word), indicator] as const,
      );
    }),
  );
  const several = new Map(ambiguous.map(({ term, indicators: ids }) => [foldText(term), ids]));
  const nameOf = (id: IndicatorId) => indicators.find((indicator) => indicator.id === id)?.name ?? id;

  function indicator(text: string): CellRead<NamedIndicator> {
    const plain = text.normalize('NFKC').trim();
    if (isOther(plain)) return { value: { id: plain, known: null } };
    const word = foldText(text);
    const ids = several.get(word);
    const known = indicatorNames.get(word);
    if (known) return { value: { id: known.id, known } };
    if (ids)
      return problem(`どの指標か決められません（${ids.map(nameOf).join('、')} のどれかを書いてください）`);
    const near = nearest(word, indicators);
    return problem(`指標の一覧にありません（近いもの: ${near.join('、')}）`);
  }

  return {
    branch(text) {
      const name = branchNames.get(foldText(text));
      return name === undefined ? problem('支部の一覧にありません') : { value: name };
    },
    indicator,
  };
}

function nearest(word: string, indicators: readonly Indicator[]): string[] {
  const shared = (name: string) => [...foldText(name)].filter((character) => word.includes(character)).length;
  return indicators
    .map(({ name }) => ({ name, score: shared(name) / name.length }))
    .sort((a, b) => b.score - a.score)
    .slice(0, NAMES_SHOWN)
    .map(({ name }) => name);
}
