import type { Source } from '../model/source.ts';

/** Gives each document a number, and says where a figure stands with it. */
export function createPlaces() {
  const titles: string[] = [];
  return {
    /** [1] 12ページ・126行目. */
    place({ title, page, line }: Source): string {
      if (!titles.includes(title)) titles.push(title);
      return `[${titles.indexOf(title) + 1}] ${page === null ? '' : `${page}ページ・`}${line}行目`;
    },
    /** [1] 令和7年度 事業計画の実施状況（東京支部）, a line a document. */
    documents: (): string[] => titles.map((title, index) => `[${index + 1}] ${title}`),
  };
}

export type SourcePlaces = ReturnType<typeof createPlaces>;

/** What is said of one row: the places that differ, each with what stands there. */
export function placesOf(
  places: SourcePlaces,
  stands: readonly { what: string; source: Source | null }[],
): string {
  const known = stands.flatMap(({ what, source }) =>
    source === null ? [] : [{ what, at: places.place(source) }],
  );
  const distinct = [...new Set(known.map(({ at }) => at))];
  if (distinct.length <= 1) return distinct.join('');
  return distinct
    .map((at) => {
      const what = known.filter((one) => one.at === at).map((one) => one.what);
      return `${what.join('・')} ${at}`;
    })
    .join('\n');
}
