import { normalize } from '../japanese/normalize.ts';
import type { Token, Tokenizer } from '../japanese/token.ts';
import { type SynonymGroup, splitGroup } from '../model/catalogue.ts';
import { isStopWord } from './stop-words.ts';

/** A place of a text that says what a group of synonyms means. Offsets count as the tokens' do. */
export interface FoundConcept extends Place {
  /** The index term that stands for the group: its first word behind a sign that no text has. */
  term: string;
  /** Those of the wider groups: who asks for 学校 is answered by 小学校, not the other way round. */
  wider: readonly string[];
  /** What stands between its words where it is stretched. */
  gaps: readonly Place[];
}

export interface Place {
  start: number;
  /** Exclusive. */
  end: number;
}

/** Finds every concept that a normalised text names, in order; places may overlap. */
export type ConceptFinder = (plain: string, tokens: readonly Token[]) => FoundConcept[];

/** How a form of a group is recognised: as it is written, and by the dictionary forms of its words. */
interface Form {
  term: string;
  wider: readonly string[];
  written: string;
  /** Words that may stand between two of its own: a form written with spaces is a phrase that a sentence may stretch. */
  reach: number;
  /** Each by its dictionary form, a verb also as it is written in kana. */
  words: (readonly string[])[];
}

const SIGN = '#';
/** Opens the name of a group of general words, as `normalize` leaves a wave dash. */
const GENERAL = '~';
/** A phrase may be stretched by this many words between two of its own. */
const REACH = 2;
const KANA_ONLY = /^[ぁ-ゖー]+$/;
const ONE_LETTER = /^[^ぁ-ゖ][ぁ-ゖ]/;
/** Forms are looked up by so many first letters. */
const LETTERS = 2;
const SMALL = /[ァィゥェォ]/;
const SENTENCE_END = /[。！？!?■●○◆※\n]/;
const RUNS = [/[ァ-ヺー]/, /[A-Za-z]/, /\d/] as const;

/** The index term of the group with this first word. */
export function conceptTerm(name: string): string {
  return SIGN + normalize(name);
}

/** Groups whose name opens with 〜 say what is done with anything (〜強化): they help, and decide nothing. */
export function isGeneral(term: string): boolean {
  return term.startsWith(SIGN + GENERAL);
}

export function isConcept(term: string): boolean {
  return term.startsWith(SIGN);
}

/**
 * Forms are found in two ways, in documents and questions alike: by their letters, where these begin and end with
 * a word or lie within a compound of the domain dictionary, and by the dictionary forms of their words, whatever
 * particles and endings stand between them.
 */
export function buildConceptFinder(groups: readonly SynonymGroup[], tokenizer: Tokenizer): ConceptFinder {
  const made = finders.get(groups);
  if (made?.tokenizer === tokenizer) return made.find;
  const find = conceptFinder(groups, tokenizer);
  finders.set(groups, { tokenizer, find });
  return find;
}

/** Reading a catalogue's forms takes about a second: once for all that is opened over it. */
const finders = new WeakMap<readonly SynonymGroup[], { tokenizer: Tokenizer; find: ConceptFinder }>();

function conceptFinder(groups: readonly SynonymGroup[], tokenizer: Tokenizer): ConceptFinder {
  const byLetters = new Map<string, Form[]>();
  const byWord = new Map<string, Form[]>();
  const wider = widerTerms(groups);
  for (const group of groups) {
    const term = conceptTerm(group[0] ?? '');
    for (const form of splitGroup(group).forms) {
      const read = { ...readForm(form, tokenizer), term, wider: wider.get(term) ?? [] };
      for (const name of read.words[0] ?? []) push(byWord, name, read);
      if (read.reach === 0) push(byLetters, read.written.slice(0, LETTERS), read);
    }
  }
  return (plain, tokens) => {
    const found = [
      ...written(spelling(plain), byLetters, boundsOf(tokens)),
      ...phrases(contentOf(tokens), byWord),
    ];
    return unique(found.filter(({ start, end }) => !SENTENCE_END.test(plain.slice(start, end)))).sort(
      (a, b) => a.start - b.start || b.end - a.end,
    );
  };
}

/** The wider groups of each, those of these too. */
function widerTerms(groups: readonly SynonymGroup[]): Map<string, string[]> {
  const wider = new Map<string, string[]>();
  for (const group of groups)
    for (const name of splitGroup(group).narrower)
      push(wider, conceptTerm(name), conceptTerm(group[0] ?? ''));
  const all = (term: string): string[] => (wider.get(term) ?? []).flatMap((own) => [own, ...all(own)]);
  return new Map([...wider.keys()].map((term) => [term, [...new Set(all(term))]]));
}

/** Forms by their letters. */
function written(text: string, byLetters: ReadonlyMap<string, Form[]>, bounds: Bounds): FoundConcept[] {
  const found: FoundConcept[] = [];
  for (let start = 0; start < text.length; start++) {
    for (let letters = 1; letters <= LETTERS; letters++) {
      for (const { written, term, wider } of byLetters.get(text.slice(start, start + letters)) ?? []) {
        const end = start + written.length;
        if (written.length < letters || !text.startsWith(written, start)) continue;
        if (isWhole(text, start, end, written, bounds)) found.push({ start, end, term, wider, gaps: [] });
      }
    }
  }
  return found;
}

/** Forms by their words. */
function phrases(tokens: readonly Token[], byWord: ReadonlyMap<string, Form[]>): FoundConcept[] {
  const words: Word[] = tokens.map((token) => ({
    start: token.start,
    end: token.end,
    names: [lemma(token), ...token.parts],
  }));
  const found: FoundConcept[] = [];
  words.forEach(({ start, names }, at) => {
    for (const name of names) {
      for (const form of byWord.get(name) ?? []) {
        const rest = restOfPhrase(words, at, form);
        if (rest) found.push({ start, ...rest, term: form.term, wider: form.wider });
      }
    }
  });
  return found;
}

/** A word of a text by every name that a form may call it. */
interface Word {
  start: number;
  end: number;
  names: readonly string[];
}

function readForm(form: string, tokenizer: Tokenizer): Omit<Form, 'term' | 'wider'> {
  const plain = normalize(form).replace(GENERAL, '');
  const tokens = tokenizer.tokenize(plain);
  const content = contentOf(tokens);
  const telling = content.some((token) => !isStopWord(token));
  const whole = telling && (content.length > 1 || isInflected(plain, content[0]));
  const words = whole ? content.map((token) => namesOf(token, content.length === 1, tokenizer)) : [];
  return { written: spelling(plain.replace(/\s+/g, '')), reach: /\s/.test(plain) ? REACH : 0, words };
}

/** 歩く is also あるく; alone, a verb of two kana would be any of many. */
function namesOf(token: Token, isAlone: boolean, tokenizer: Tokenizer): string[] {
  const name = lemma(token);
  if (token.kind !== 'verb' || KANA_ONLY.test(name)) return [name];
  const kana = tokenizer.tokenize(name)[0]?.reading ?? '';
  const tells = kana.length > (isAlone ? 2 : 1) && !isStopWord({ ...token, base: kana });
  return tells ? [name, kana] : [name];
}

/** Without particles, endings and する; that something is not done is kept. */
function contentOf(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => (token.kind !== 'other' && token.base !== 'する') || denies(token));
}

function denies({ kind, base }: Token): boolean {
  return kind === 'other' && (base === 'ない' || base === 'ぬ' || base === 'ん');
}

/** Small kana are written in two ways (ウオーキング, ウォーキング), and so is すぎ (過ぎ). */
export function spelling(plain: string): string {
  const lower = plain.toLowerCase().replaceAll('過ぎ', 'すぎ');
  return SMALL.test(lower)
    ? lower.replace(/[ァィゥェォ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 1))
    : lower;
}

function lemma(token: Token | undefined): string {
  if (token === undefined) return '';
  return denies(token) ? 'ない' : spelling(token.base);
}

/** 借りられる is 借りる; 駅の中 is more than 駅, 飲みすぎ more than 飲む, 入ったばかり more than 入る. */
function isInflected(form: string, token: Token | undefined): boolean {
  const ending = form.slice(token?.end ?? 0);
  return (
    token?.start === 0 &&
    token.kind !== 'noun' &&
    ending.length <= 4 &&
    /^(?![のにをはでがと]|すぎ|やす|にく|たばかり|たまま)[ぁ-ゖ]*$/.test(ending)
  );
}

/** What stands at each offset of a text: the edge of a word, or the inside of a compound of the dictionary. */
type Bounds = Uint8Array;
const EDGE = 1;
const INNER = 2;

function boundsOf(tokens: readonly Token[]): Bounds {
  const bounds = new Uint8Array((tokens.at(-1)?.end ?? 0) + 1);
  for (const { start, end, parts } of tokens) {
    if (parts.length > 0) bounds.fill(INNER, start + 1, end);
    bounds[start] = EDGE;
    bounds[end] = EDGE;
  }
  return bounds;
}

function isWhole(text: string, start: number, end: number, written: string, bounds: Bounds): boolean {
  if (RUNS.some((run) => goesOn(text, start, run) || goesOn(text, end, run))) return false;
  const isEdge = (at: number) => bounds[at] === EDGE;
  if (written.length === 1 || KANA_ONLY.test(written)) return isEdge(start) && isEdge(end);
  // 会って does not stand in 評議会って.
  if (ONE_LETTER.test(written) && !isEdge(start)) return false;
  const isBound = (at: number) => isEdge(at) || bounds[at] === INNER;
  // The general dictionary splits words that it does not know anywhere: one end on a word's edge is enough.
  return written.length >= 4 ? isBound(start) || isBound(end) : isBound(start) && isBound(end);
}

function goesOn(text: string, at: number, run: RegExp): boolean {
  return run.test(text.charAt(at - 1)) && run.test(text.charAt(at));
}

/** Where a phrase ends that opens at a word, and what it is stretched over; undefined where it does not go on. */
function restOfPhrase(
  words: readonly Word[],
  at: number,
  form: Form,
): Pick<FoundConcept, 'end' | 'gaps'> | undefined {
  const gaps: Place[] = [];
  let place = at;
  for (let next = 1; next < form.words.length; next++) {
    const names = form.words[next] ?? [];
    const before = place;
    const last = place + 1 + form.reach;
    place++;
    while (place <= last && !words[place]?.names.some((name) => names.includes(name))) place++;
    if (place > last) return undefined;
    if (place > before + 1) gaps.push({ start: words[before]?.end ?? 0, end: words[place]?.start ?? 0 });
  }
  const end = words[place]?.end;
  return end === undefined ? undefined : { end, gaps };
}

function unique(found: readonly FoundConcept[]): FoundConcept[] {
  return [...new Map(found.map((one) => [`${one.start}-${one.end}-${one.term}`, one])).values()];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
