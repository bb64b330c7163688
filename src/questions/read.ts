import { foldText } from '../japanese/fold.ts';
import { normalize } from '../japanese/normalize.ts';
import type { Tokenizer } from '../japanese/token.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Day } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import { type Compute, EMPTY_QUERY, type Query, type ThreadContext } from '../model/query.ts';
import { composeTokens } from './compose.ts';
import type { Composed } from './composed.ts';
import type { LinkName } from './indicators.ts';
import { collectTerms, readingOf } from './lexicon.ts';
import { createMatcher } from './matcher.ts';
import type { QueryToken } from './query-token.ts';
import { STATUSES } from './read-facts.ts';
import { type QueryReading, readQuery } from './read-query.ts';
import { segmentsOf } from './segments.ts';
import { selectionIn } from './selection.ts';
import { contextAfter, inThread, ofChosen } from './thread.ts';
import { tokenize } from './tokens.ts';

/** Longer texts are no questions; people paste whole mails by mistake. */
const LONGEST_QUESTION = 500;

/** One question of a message, complete with what its thread was about. */
export interface ReadQuestion extends QueryReading {
  /** The year was not said but taken over from the thread. */
  inheritedYear: boolean;
  /** The question whose branches this one is asked of: 健康宣言が一番多い支部の郵送化率. */
  selection: Query | null;
}

export interface ReadMessage {
  /** As many as the message asks; at least one. */
  questions: ReadQuestion[];
  /** For the thread's next question. */
  context: ThreadContext | null;
}

/** `ownBranch`: whose うち is. */
export type ReadQuestions = (
  text: string,
  context: ThreadContext | null,
  today: Day,
  ownBranch?: string,
) => ReadMessage;

interface ReaderParts {
  catalogue: Catalogue;
  tokenizer: Tokenizer;
  /** KPIs that single plans have, by the names the documents gave them. */
  others: readonly IndicatorId[];
  link: LinkName;
}

/** トップスリー, ワーストファイブ */
const SPOKEN_NUMBERS: Readonly<Record<string, number>> = { スリー: 3, ファイブ: 5, テン: 10 };
const SPOKEN = new RegExp(`(トップ|ベスト|ワースト)(${Object.keys(SPOKEN_NUMBERS).join('|')})`, 'g');

function talk(about: NonNullable<Query['talk']>, context: ThreadContext | null): ReadMessage {
  const query: Query = { ...EMPTY_QUERY, facts: 'talk', talk: about };
  return { questions: [{ query, ...NOTHING_ELSE }], context };
}

const NOTHING_ELSE: Omit<ReadQuestion, 'query'> = {
  inheritedYear: false,
  selection: null,
  choosing: null,
  unread: [],
  linked: [],
  yearShift: null,
  adds: false,
  pointsBack: false,
  neighbour: null,
  pointsToList: false,
  all: null,
  bothYears: false,
  others: [],
  asCount: null,
  following: false,
  asksFigure: false,
  chosen: null,
  saysFacts: true,
  hasContent: false,
  words: '',
  unreadWords: [],
  unreadVerbs: [],
  fitsText: true,
  textShow: 'text',
  vague: false,
  isOwn: false,
  saysEvery: false,
  excluded: [],
  beforeReiwa: false,
};

const FOLLOWING = /次/;
const CHOSEN = /[高低多少]い?な?い?(?:方|ほう)/;
const TALK = ['help', 'greeting', 'thanks'] as const;

/** Greetings, thanks and requests for help, where nothing else is asked. */
function talkOf(tokens: readonly QueryToken[], plain: string): NonNullable<Query['talk']> | null {
  const said = tokens.flatMap((token) => (token.kind === 'phrase' ? [token.as] : []));
  const about = TALK.find((meaning) => said.includes(meaning));
  if (about === undefined) return null;
  const others = tokens.filter(
    ({ kind, from, to }) => kind !== 'phrase' && kind !== 'particle' && plain.slice(from, to).length > 1,
  );
  const asks = said.some(
    (as) => !['ignore', 'follow', 'that', 'list', 'text', 'how_many', 'extreme', ...TALK].includes(as),
  );
  return others.length === 0 && !asks ? about : null;
}

/** 「佐賀じゃなくて長崎」: what is taken back goes with the word that takes it back. */
function withoutCorrected(
  tokens: readonly QueryToken[],
  plain: string,
): { tokens: QueryToken[]; takenBack: string[] } {
  const wrongBefore = (index: number) => {
    const last = tokens[index - 1];
    return last?.kind === 'particle' && (last.as === 'other' || last.as === 'of') ? index - 2 : index - 1;
  };
  const isBranch = (token?: QueryToken) => token?.kind === 'phrase' && token.as === 'branches';
  const at = tokens.findIndex((token, index) => {
    if (token.kind !== 'phrase' || token.as !== 'correct') return false;
    const wrong = tokens[wrongBefore(index)];
    const isState = (own?: QueryToken) => own?.kind === 'phrase' && STATUSES[own.as] !== undefined;
    if (wrong === undefined || !(['place', 'years', 'indicator'].includes(wrong.kind) || isState(wrong)))
      return false;
    const after = tokens.slice(index + 1).find(({ kind }) => kind !== 'particle');
    // 「宮城の目標は？本部のじゃなくて」: the right one stands before it.
    const said = tokens.slice(0, wrongBefore(index)).some(({ kind }) => kind === wrong.kind);
    // 「本部じゃなくて支部のほう」
    if (wrongBefore(index) === index - 1)
      return isState(wrong) ? isState(after) : after?.kind === wrong.kind || isBranch(after);
    return said && /な|違|ちが/.test(plain.slice(token.from, token.to));
  });
  if (at < 1) return { tokens: [...tokens], takenBack: [] };
  const from = wrongBefore(at);
  const right = tokens[at + 1];
  const rest = withoutCorrected(tokens.slice(isBranch(right) ? at + 2 : at + 1), plain);
  const wrong = tokens[from];
  const branches = wrong?.kind === 'place' ? wrong.branches : [];
  return {
    tokens: [...tokens.slice(0, from), ...rest.tokens],
    takenBack: [...branches, ...rest.takenBack],
  };
}

function namesSomething(items: readonly Composed[]): boolean {
  return items.some(({ kind }) => kind === 'place' || kind === 'years' || kind === 'indicator');
}

/**
 * One reading a question. A sentence behind a question about text that names no place, year or indicator of its own
 * asks on about the same text: 「…の研究をするって本当？何に生かすの？」.
 */
function textsTogether(
  all: readonly Composed[],
  segments: readonly (readonly Composed[])[],
  read: (items: readonly Composed[]) => QueryReading,
): QueryReading[] {
  const questions: { items: readonly Composed[]; reading: QueryReading }[] = [];
  for (const items of segments) {
    const before = questions.at(-1);
    const own = read(items);
    if (before !== undefined) {
      const joined = read([...before.items, ...items]);
      const isOfText = before.reading.query.facts === 'passage';
      // 「新人です。宮城は…」, 「お金の話を調べています。宮城では…」: neither is what comes before a place a question of its own.
      const leadsUp = !namesSomething(before.items) && namesSomething(items);
      const reading =
        leadsUp && joined.query.facts !== 'passage' && own.query.facts === 'passage'
          ? { ...own, words: joined.words }
          : joined;
      if (leadsUp ? reading.query.facts === 'passage' : isOfText && !namesSomething(items)) {
        questions[questions.length - 1] = { items: [...before.items, ...items], reading };
        continue;
      }
    }
    questions.push({ items, reading: own });
  }
  const readings = questions.map(({ reading }) => reading);
  const [only, ...others] = readings;
  // What leads up to a question about text says what it is about: 「…を忘れる人が多いのですが、どう知らせていますか」,
  // and the more so where nothing else does: 「…の広告が出ると聞いたのですが、佐賀ですよね」.
  const isOfText = only?.query.facts === 'passage';
  if (
    only !== undefined &&
    others.length === 0 &&
    !only.saysFacts &&
    !only.hasContent &&
    namesSomething(all)
  ) {
    const whole = read(all);
    if (whole.query.facts === 'passage') return [whole];
  }
  return only !== undefined && isOfText && others.length === 0
    ? [{ ...only, words: read(all).words }]
    : readings;
}

/** Texts are searched with the whole question; that a thread passes on a short name of an item is another thing. */
function withTextWords(query: Query, { query: own, words }: QueryReading): Query {
  return query.facts === 'passage' && query.about === own.about ? { ...query, about: words } : query;
}

/** 「群馬じゃなくて宮城と比べたら？」 after 神奈川 and 群馬: the others of the thread are still meant. */
function withoutTakenBack(takenBack: readonly string[], context: ThreadContext | null): ThreadContext | null {
  if (context === null || takenBack.length === 0) return context;
  const { query } = context;
  const branches = query.scope.branches.filter((branch) => !takenBack.includes(branch));
  return branches.length === 0
    ? context
    : { ...context, query: { ...query, scope: { ...query.scope, branches } } };
}

/** The same rows with something else worked out of them; a place or an order is none of a statistic or a difference. */
function workedOut(query: Query, compute: Compute): Query {
  const { scope, subject } = query;
  const flat = { ...query, compute, order: null, limit: null, offset: 0, claim: null, subject: [] };
  if (compute.type === 'statistic' || subject.length === 0) return flat;
  return { ...flat, scope: { ...scope, branches: subject, every: false, said: null } };
}

/** Reads messages over one catalogue. Any text is read; nothing is looked up. */
export function createReader({ catalogue, tokenizer, others, link }: ReaderParts): ReadQuestions {
  const matcher = createMatcher(collectTerms(catalogue, others, tokenizer));
  const ignored = new Set(
    catalogue.phrases
      .filter(({ as }) => as === 'ignore')
      .flatMap(({ words }) => words.flatMap((word) => [foldText(word), readingOf(word, tokenizer)])),
  );
  const lexer = { matcher, tokenizer, isIgnored: (word: string) => ignored.has(foldText(word)) };
  const branches = catalogue.branches.map(({ name }) => name);
  return (input, context, today, ownBranch) => {
    // ①…②… are a list: NFKC would leave only its figures. Behind a name the figure is a part of it.
    const text = normalize(input.replace(/(?<![\p{L}\p{N}])[①-⑳]/gu, '。'))
      .replace(SPOKEN, (_, end: string, many: string) => `${end}${SPOKEN_NUMBERS[many] ?? many}`)
      .trim();
    if (foldText(text).replace(/[\p{P}\p{S}\p{M}\p{Cn}\p{Cs}]/gu, '') === '') return talk('empty', context);
    if (text.length > LONGEST_QUESTION) return talk('too_long', context);
    const read = tokenize(text, lexer, today, ownBranch);
    const about = talkOf(read.tokens, read.plain);
    if (about !== null) return talk(about, context);
    const { tokens, takenBack } = withoutCorrected(read.tokens, read.plain);
    const textOf = ({ from, to }: Composed) => read.plain.slice(from, to);
    const items = composeTokens(tokens, { branches, textOf });
    const questions: ReadQuestion[] = [];
    let current = withoutTakenBack(takenBack, context);
    for (const reading of textsTogether(items, segmentsOf(items, read.plain), (run) =>
      readQuery(run, read, { catalogue, link }),
    )) {
      // Later questions of one message leave unsaid what the first one said.
      const selection =
        reading.choosing === null ? selectionIn(reading, current) : inThread(reading.choosing, current);
      const query = withTextWords(
        selection === null ? inThread(reading, current) : ofChosen(reading, selection),
        reading,
      );
      // その次 without places before it is told back.
      const isPlaced = reading.following && query.order !== null && query.limit !== null;
      const isChosen = reading.chosen !== null && selection !== null;
      // Nothing is left of the group: no branch is not every branch.
      const left = query.scope.branches.length + query.subject.length;
      const emptied = reading.excluded.length > 0 && left === 0 && !query.scope.every;
      const none = emptied ? [`${reading.excluded.join('・')}以外`] : [];
      const rest = isPlaced
        ? reading.unread.filter((word) => !FOLLOWING.test(word))
        : isChosen
          ? reading.unread.filter((word) => !CHOSEN.test(word))
          : reading.unread;
      // 「最初の一覧」 without one points nowhere.
      const noList = reading.pointsToList && current?.listed === undefined ? ['最初の一覧'] : [];
      const noPlace = reading.neighbour !== null && query.order === null ? ['ひとつ上・ひとつ下'] : [];
      const unread = [...rest, ...none, ...noList, ...noPlace];
      const inheritedYear =
        reading.query.scope.fys.length === 0 && reading.yearShift === null && query.scope.fys.length > 0;
      const sameBranch = query.scope.branches.join() === current?.query.scope.branches.join();
      // あれ, それ without anything before it points nowhere.
      const vague =
        reading.vague || (reading.pointsBack && current === null && query.indicators.length === 0);
      const isOther = !sameBranch || (query.facts === 'budget' && query.about !== current?.query.about);
      questions.push({
        ...reading,
        selection,
        unread,
        query,
        inheritedYear: inheritedYear && isOther,
        vague,
      });
      for (const compute of reading.others)
        questions.push({
          ...reading,
          selection,
          unread,
          query: workedOut(query, compute),
          inheritedYear,
          vague,
        });
      // What was told back was not answered: the thread is still about what it was.
      if (unread.length === 0 || current === null) current = contextAfter(query, current);
    }
    return questions.length === 0 ? talk('empty', context) : { questions, context: current };
  };
}
