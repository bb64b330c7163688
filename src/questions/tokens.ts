import { findAmounts } from '../japanese/amounts.ts';
import { type Folded, fold } from '../japanese/fold.ts';
import { findPeriods, NUMERALS, type Period } from '../japanese/periods.ts';
import type { Tokenizer } from '../japanese/token.ts';
import { HEAD_OFFICE } from '../model/branch.ts';
import type { PhraseMeaning } from '../model/catalogue.ts';
import { type Day, type FiscalYear, fiscalYearOf } from '../model/fiscal-year.ts';
import { readingOf } from './lexicon.ts';
import type { Matcher, TermMatch } from './matcher.ts';
import { type Morpheme, morphemesOf, negationAfter, unexplained } from './morphemes.ts';
import { contains, overlap, type Particle, type QueryToken, type Span } from './query-token.ts';

export interface Tokens {
  /** As the asker wrote it, without white space; spans point into it. */
  plain: string;
  /** Folded, for what depends on the very characters. */
  text: string;
  /** Indexes that white space stood before. */
  gaps: ReadonlySet<number>;
  tokens: QueryToken[];
  /** What 今年度 is. */
  thisYear: FiscalYear;
}

const ORDINAL = /(\d{1,2}|[一二三四五六七八九十])(?:位|番目|番め|ばんめ|つ目|番手)/g;
/** How many of a list: 3支部, 5つ. Places are counted, not measured. */
const HOW_MANY =
  /(\d{1,2}|[一二三四五六七八九十])(?:支部中?|つ(?!の)|(?<=(?:から|上位|下位|とっぷ|べすと|わーすと)\d)つ|県|個|点(?![検数]))/g;
/** その5つ: as many of what was shown. */
const THOSE = /(?:その|この|上の|これらの)(?:\d{1,2}|[一二三四五六七八九十])(?:つ|支部|県|件|個|社|事業)/g;
/** The asker's own branch; not 「3つのうち」, 「そのうち」, 「内訳」. */
const OWN =
  /(?<=^|[、。,がはともをでや])うち(?:の支部|の|(?=[はがもとをで、,]|より|に比|って))|(?:当|自|わが|我が|私の|私たちの)支部/g;
/** 岐阜の倍以上: twice as many. */
const TIMES = /(?:(\d+(?:\.\d+)?)|(?<=の))倍(?!率)/g;
/** 10万6千事業所 */
const MYRIADS = /(\d+(?:\.\d+)?)万(?:(\d+)千)?(\d{1,4})?(事業所|社|人|件)/g;
const ZERO = /ぜろ(?=の|で|は|$|[?。、]|円|件)|ゼロ/g;
/** ― as an evaluation: it is a mark only where it stands in brackets or beside the word. */
const NO_MARK = /[(「]-[)」]|(?<=評価[がは]?)-/g;
const QUOTED = /「[^「」]{2,60}」|『[^『』]{2,60}』/g;
/** What ends a reason in front of the question. */
const BECAUSE =
  /の(?:ため|為)に?(?=[、。])|なので|ので|(?:な)?の(?:です|だ)が|んです(?:が|けど)|んだけど|だけど|ですけど|ですが|けれど|けど|なんで(?=抜|除|外)|(?<=[うくすつぬむるたいな])んで(?=[、。])|だから|から(?=[、。])/g;
const PARTICLES: readonly [RegExp, Particle][] = [
  [
    /^(?:なので|ので|(?:な)?の(?:です|だ)が|んです(?:が|けど)|んだけど|けれど|けど|(?<=[うくすつぬむるたいな])んで(?=[、。])|から(?=[、。]))/,
    'because',
  ],
  [/^(?:から|→|⇒|->)/, 'from'],
  [/^(?:まで|にかけて|~|ー(?=\d))/, 'to'],
  [/^(?:・|\/|と(?=[^いっ]|$)|や(?=[^っ]|$))/, 'and'],
  [/^も/, 'also'],
  [/^[、,，]/, 'comma'],
  [/^[。?？!！;；]/, 'stop'],
  [/^(?:での|って|だと|とか|には|への)/, 'other'],
  [/^(?:では|にて|で)/, 'at'],
  [/^の/, 'of'],
  [/^[はがをにへ]/, 'other'],
];

/** 全国 by itself is the association as a whole; 全国の支部, 全国で一番 are its branches. */
const WHOLE_COUNTRY =
  /^全国(?:の(?:目標|実績|kpi|数値|値)|は|って|と(?:比べ|くらべ|の差|の違い|どっち|どちら))/;

function periodToken(period: Period): QueryToken {
  const { from, to } = period;
  switch (period.kind) {
    case 'year':
      return { kind: 'years', fys: [period.fy], relative: period.relative, from, to };
    case 'before_reiwa':
      return { kind: 'before_reiwa', from, to };
    case 'previous_year':
      return { kind: 'year_before', from, to };
    case 'next_year':
      return { kind: 'year_after', from, to };
    case 'quarter':
      return { kind: 'part', quarters: [period.quarter], month: null, fy: null, from, to };
    case 'half':
      return { kind: 'part', quarters: period.half === 1 ? [1, 2] : [3, 4], month: null, fy: null, from, to };
    case 'month':
      return { kind: 'part', quarters: [], month: period.month, fy: period.fy, from, to };
  }
}

function mentionToken({ from, to, meaning }: TermMatch, text: string): QueryToken {
  switch (meaning.type) {
    case 'branch':
      if (meaning.by === 'city' && text.startsWith('支部', to))
        return {
          kind: 'place',
          branches: [meaning.name],
          group: text.slice(from, to),
          asBranch: true,
          from,
          to: to + '支部'.length,
        };
      return meaning.by === 'city'
        ? { kind: 'city', branch: meaning.name, from, to }
        : { kind: 'place', branches: [meaning.name], group: null, from, to };
    case 'region':
      // 関西の支部 are its branches; only without の it is named as one.
      return {
        kind: 'place',
        branches: [...meaning.branches],
        group: meaning.name,
        asBranch: meaning.asBranch && !text.slice(from, to).includes('の'),
        from,
        to,
      };
    case 'indicator':
      return { kind: 'indicator', ids: meaning.ids, sure: meaning.sure, from, to };
    case 'phrase':
      if (meaning.as === 'all_branches' && WHOLE_COUNTRY.test(text.slice(from)))
        return { kind: 'place', branches: [HEAD_OFFICE], group: null, from, to };
      return { kind: 'phrase', as: meaning.as, from, to };
  }
}

/** What a ない turns into another meaning; behind other phrases it is one of its own. */
const NEGATED: Partial<Record<PhraseMeaning, PhraseMeaning>> = {
  met: 'unmet',
  unmet: 'met',
  reported: 'unreported',
  executed: 'unstarted',
  numeric: 'non_numeric',
  ge: 'lt',
  gt: 'le',
  le: 'gt',
  lt: 'ge',
};

/** 届いていない, 上回らない: the phrase with its ない. */
function negated(token: QueryToken, words: readonly Morpheme[]): QueryToken {
  const as = token.kind === 'phrase' ? NEGATED[token.as] : undefined;
  const to = as === undefined ? null : negationAfter(words, token.to);
  return as === undefined || to === null ? token : { ...token, kind: 'phrase', as, to };
}

function counted(
  text: string,
  pattern: RegExp,
  make: (value: number, span: Span) => QueryToken,
): QueryToken[] {
  return [...text.matchAll(pattern)].map((match) => {
    const value = NUMERALS[match[1] ?? ''] ?? Number(match[1]);
    return make(value, { from: match.index, to: match.index + match[0].length });
  });
}

function numbered(
  text: string,
  pattern: RegExp,
  read: (match: RegExpExecArray) => { value: number; unit: string | null },
): QueryToken[] {
  return [...text.matchAll(pattern)].map((match) => ({
    kind: 'number',
    ...read(match),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** Of two readings of one stretch the one that holds the other whole wins, else the earlier list. */
function withoutOverlaps(groups: readonly (readonly QueryToken[])[]): QueryToken[] {
  const kept: QueryToken[] = [];
  groups.forEach((group, at) => {
    const rivals = groups.slice(at + 1).flat();
    for (const token of group) {
      const beaten = rivals.some((rival) => contains(rival, token));
      if (!beaten && !kept.some((other) => overlap(other, token))) kept.push(token);
    }
  });
  return kept.sort((a, b) => a.from - b.from);
}

/** 特定ほけん指導: words side by side that are read as a name is. */
function heard(
  known: readonly QueryToken[],
  { plain, gaps }: Folded,
  { matcher, tokenizer }: Pick<Lexer, 'matcher' | 'tokenizer'>,
): QueryToken[] {
  const runs: QueryToken[][] = [];
  for (const token of [...known].sort((a, b) => a.from - b.from)) {
    const last = runs.at(-1)?.at(-1);
    const isName = token.kind === 'word' || token.kind === 'indicator';
    if (isName && last?.to === token.from && !gaps.has(token.from)) runs.at(-1)?.push(token);
    else runs.push([token]);
  }
  return runs.flatMap((run) => {
    const [from, to] = [run[0]?.from ?? 0, run.at(-1)?.to ?? 0];
    const text = plain.slice(from, to);
    if (!run.some(({ kind }) => kind === 'word') || !/[ぁ-ん]/.test(text)) return run;
    const reading = readingOf(text, tokenizer);
    const [name] = reading === null ? [] : matcher.find(fold(reading));
    const isWhole = name?.from === 0 && name.to === reading?.length && !name.typo;
    return isWhole && name.meaning.type === 'indicator' ? [mentionToken({ ...name, from, to }, text)] : run;
  });
}

function particles({ text }: Folded, known: readonly QueryToken[], words: readonly Morpheme[]): QueryToken[] {
  const found: QueryToken[] = [];
  const taken = new Uint8Array(text.length);
  // The と of 増えとる is none.
  for (const { from, to, base } of words) if (base === 'とる' || base === 'どる') taken.fill(2, from, to);
  for (const { from, to } of known) taken.fill(1, from, to);
  for (let at = 0; at < text.length; ) {
    const opens = at === 0 || taken[at - 1] === 1 || /[\p{P}\p{S}]/u.test(text.charAt(at));
    const match = taken[at] !== 0 || !opens ? undefined : PARTICLES.find(([p]) => p.test(text.slice(at)));
    const length = match?.[0].exec(text.slice(at))?.[0].length ?? 0;
    if (match === undefined || length === 0 || taken.subarray(at, at + length).some((by) => by > 0)) {
      at++;
      continue;
    }
    found.push({ kind: 'particle', as: match[1], from: at, to: at + length });
    taken.fill(1, at, at + length);
    at += length;
  }
  return found;
}

interface Lexer {
  matcher: Matcher;
  tokenizer: Tokenizer;
  /** Dictionary forms that carry no meaning in a question: 教える, 知る. */
  isIgnored: (base: string) => boolean;
}

/** All that a question's text says, piece by piece, in order. Time is linear in the text's length. */
export function tokenize(
  input: string,
  { matcher, tokenizer, isIgnored }: Lexer,
  today: Day,
  ownBranch?: string,
): Tokens {
  const folded = fold(input.replace(/\s*[\r\n]+\s*/g, '。'));
  const { text, plain } = folded;
  const read = morphemesOf(folded, tokenizer);
  const mentions = matcher
    .find(folded, read)
    .map((mention) => negated(mentionToken(mention, text), read))
    // 「そのうちの」 is nobody's own.
    .filter((own) => own.kind !== 'phrase' || own.as !== 'own' || !text.startsWith('うち', own.from));
  const quoted = [...plain.matchAll(QUOTED)].map(
    (match): QueryToken => ({
      kind: 'word',
      verb: false,
      from: match.index,
      to: match.index + match[0].length,
    }),
  );
  const times = numbered(text, TIMES, (match) => ({ value: Number(match[1] ?? 2), unit: '倍' }));
  const zeros = numbered(text, ZERO, () => ({ value: 0, unit: null }));
  const myriads = numbered(text, MYRIADS, (match) => ({
    value: Number(match[1]) * 10_000 + Number(match[2] ?? 0) * 1000 + Number(match[3] ?? 0),
    unit: match[4] === '社' ? '事業所' : (match[4] ?? null),
  }));
  const numbers = findAmounts(text).map((amount): QueryToken => ({ kind: 'number', ...amount }));
  const named = withoutOverlaps([
    // のデ of データ is no ので.
    [...text.matchAll(BECAUSE)]
      .map(({ index, 0: word }) => ({ from: index, to: index + word.length }))
      .filter(({ from, to }) => !/[ァ-ヶ]/.test(plain.slice(from, to)))
      .map((span): QueryToken => ({ kind: 'particle', as: 'because', ...span })),
    // What somebody said is read like the rest; a name in quotes is a name.
    quoted.filter(
      (quote) =>
        !mentions.some(
          ({ kind, from, to }) =>
            (from === quote.from + 1 && to === quote.to - 1) ||
            (kind === 'place' && from > quote.from && to < quote.to),
        ),
    ),
    [...text.matchAll(NO_MARK)].map(
      (match): QueryToken => ({
        kind: 'phrase',
        as: 'mark_none',
        from: match.index,
        to: match.index + match[0].length,
      }),
    ),
    // うち is a branch like one that is named; whose, the channel or the asker has set.
    [...text.matchAll(OWN)].flatMap(({ index, 0: said }): QueryToken[] => {
      const span = { from: index, to: index + said.length };
      // 「うちは東京ですが」 says whose it is.
      if (
        mentions.some(
          (own) => own.kind === 'place' && text.charAt(span.to) === 'は' && own.from === span.to + 1,
        )
      )
        return [];
      const own: QueryToken =
        ownBranch === undefined
          ? { kind: 'phrase', as: 'own', ...span }
          : { kind: 'place', branches: [ownBranch], group: null, ...span };
      return [own];
    }),
    [...text.matchAll(THOSE)].map(({ index, 0: said }) => ({
      kind: 'phrase',
      as: 'that',
      from: index,
      to: index + said.length,
    })),
    counted(text, ORDINAL, (place, span) => ({ kind: 'ordinal', place, ...span })),
    findPeriods(text, today).map(periodToken),
    counted(text, HOW_MANY, (value, span) => ({
      kind: 'number',
      value,
      unit: /[つ個点]$/.test(text.slice(span.from, span.to)) ? 'つ' : '支部',
      ...span,
    })),
    times,
    zeros,
    myriads,
    numbers,
    mentions,
  ]);
  const { named: names, words } = unexplained(folded, named, read, isIgnored);
  const known = heard([...names, ...words], folded, { matcher, tokenizer });
  return {
    plain,
    text,
    gaps: folded.gaps,
    thisYear: fiscalYearOf(today),
    tokens: [...known, ...particles(folded, known, read)].sort((a, b) => a.from - b.from),
  };
}
