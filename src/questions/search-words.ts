import type { PhraseMeaning } from '../model/catalogue.ts';
import type { Facts } from '../model/query.ts';
import type { Sentence } from './sentence.ts';

/** Phrases that are a part of what is searched for. */
const IN_TEXT: ReadonlySet<PhraseMeaning> = new Set([
  'text',
  'count',
  'next',
  'new',
  'when',
  'why',
  'how_many',
  'change',
  'rise',
  'fall',
  'budget',
  'evaluation',
  'met',
  'continued',
  'dropped',
  'definition',
  'how_much',
  'state',
  'progress',
  'target',
  'actual',
  'unit',
  'source',
  'contracted',
]);

const IN_COUNTS: ReadonlySet<PhraseMeaning> = new Set(['count', 'text']);

const LONGEST = 500;

/** Content words of the question without branches, years and operators. */
interface Run {
  text: string;
  from: number;
  to: number;
}

/** The question without branches, years and operators: what items or texts are searched with. */
export function aboutOf(sentence: Sentence, facts: Facts): string {
  const runs = runsOf(sentence, facts).map(({ text }) => text);
  const isText = facts === 'passage';
  // A particle that joins nothing is none of the words.
  const words = runs.map((run) => run.replace(/(?:って|[のはがをにもとや])$/, ''));
  return (runs.length === 0 && isText ? sentence.plain : words.join(' ')).slice(0, LONGEST);
}

/** What a table of counts calls a plan's figure: 実施見込者数. */
const EXPECTED = /見込/;

function runsOf({ items, textOf }: Sentence, facts: Facts): Run[] {
  const isText = facts === 'passage';
  const runs: Run[] = [];
  for (const item of items) {
    const isPhrase =
      item.kind === 'phrase' &&
      ((isText && IN_TEXT.has(item.as)) ||
        (facts === 'count' && (IN_COUNTS.has(item.as) || EXPECTED.test(textOf(item)))));
    const isContent =
      (item.kind === 'word' && !(item.verb && facts === 'budget')) ||
      item.kind === 'city' ||
      item.kind === 'indicator' ||
      (item.kind === 'part' && (isText || facts === 'count')) ||
      (item.kind === 'number' && isText) ||
      isPhrase;
    const isJoint = isText && item.kind === 'particle' && item.as !== 'stop' && item.as !== 'comma';
    const last = runs.at(-1);
    if (!isContent && !(isJoint && item.from === last?.to)) continue;
    const text = textOf(item).replace(/^[「『]|[」』]$/g, '');
    if (last !== undefined && item.from === last.to) {
      last.text += text;
      last.to = item.to;
    } else if (isContent) runs.push({ text, from: item.from, to: item.to });
  }
  return runs;
}

export const LONGEST_ITEM = 100;

/** Names that stand one beside another: 広報と保健指導, LINE、ラジオ. None where there is but one. */
export function itemsOf(sentence: Sentence, facts: Facts): string[] {
  if (facts !== 'budget') return [];
  const names: string[] = [];
  let end = -1;
  for (const { text, from, to } of runsOf(sentence, facts)) {
    const between = sentence.items.filter((item) => item.from >= end && item.to <= from);
    const isJoint = between.some(
      (item) =>
        (item.kind === 'particle' && (item.as === 'and' || item.as === 'comma')) ||
        (item.kind === 'phrase' && (item.as === 'both' || item.as === 'also')),
    );
    if (names.length === 0 || isJoint) names.push(text);
    else names[names.length - 1] += ` ${text}`;
    end = to;
  }
  return names.length > 1 ? names.slice(0, 8).map((name) => name.slice(0, LONGEST_ITEM)) : [];
}

/** What is worked out of two items where one is said of the other. */
export const PARTED: ReadonlySet<string> = new Set(['share', 'ratio']);

/** 「ラジオは広報予算の何％」, 「広報予算のうちラジオの割合」: what is a part, and of what. */
export function partOf(sentence: Sentence): { part: string; whole: string } | null {
  const runs = runsOf(sentence, 'budget');
  const [first, ...others] = runs;
  const last = runs.at(-1);
  if (first === undefined || last === undefined || others.length === 0) return null;
  const between = sentence.items.filter((item) => item.from >= first.to && item.to <= last.from);
  const text = sentence.plain.slice(first.to, last.from);
  const wholeFirst =
    between.some((item) => item.kind === 'phrase' && item.as === 'among') || /に占める|に対する/.test(text);
  if (wholeFirst) return { whole: first.text, part: others.map((run) => run.text).join(' ') };
  if (!/^[^、]*(?:は|って)/.test(text)) return null;
  return {
    part: runs
      .slice(0, -1)
      .map((run) => run.text)
      .join(' '),
    whole: last.text,
  };
}

/** Phrases that say whom or how is asked, not about what. */
const NOT_OF_TEXT: ReadonlySet<PhraseMeaning> = new Set([
  'which_branch',
  'all_branches',
  'count_branches',
  'own',
  'follow',
  'correct',
  'greeting',
  'thanks',
  'documents',
  'chart',
]);

/** What is left of a name's own phrase, and what ends a sentence. */
const AROUND = /^(?:さん)?[\s、。!?]+|(?:って|[のはがをにもとや])?[\s、。!?]*$/g;

const SENTENCE_END = /[。!?]/;

/**
 * The question as it was asked, without branches and years: texts are searched with its verbs and kana too. It goes
 * to the next question or the end of its sentence.
 */
export function textWords({ items, plain, gaps, tokens }: Sentence): string {
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return plain.slice(0, LONGEST);
  // What stands before the first item of a message belongs to it: 「みんなで歩く…」.
  const from = tokens[0] === first ? 0 : first.from;
  let { to } = last;
  const next = tokens.find((token) => token.from >= to)?.from ?? plain.length;
  while (to < next && !SENTENCE_END.test(plain.charAt(to))) to++;
  const cut = new Uint8Array(plain.length);
  items.forEach((item, at) => {
    const isScope = item.kind === 'place' || item.kind === 'years' || item.kind === 'before_reiwa';
    // 「ついでに」 leads over to a question, and is a word within one.
    const isLeft = item.kind === 'phrase' && NOT_OF_TEXT.has(item.as) && (at === 0 || item.as !== 'follow');
    if (!isScope && !isLeft) return;
    cut.fill(1, item.from, item.to);
    const next = items[at + 1];
    if (next?.kind === 'particle' && next.from === item.to) cut.fill(1, next.from, next.to);
  });
  let words = '';
  for (let at = from; at < to; at++)
    words += (gaps.has(at) ? ' ' : '') + (cut[at] === 1 ? ' ' : plain.charAt(at));
  const text = words.replace(/\s+/g, ' ').replace(AROUND, '').trim();
  return (text === '' ? plain.slice(from, to) : text).slice(0, LONGEST);
}
