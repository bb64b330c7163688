import type { Answer } from '../model/answer.ts';
import type { Query } from '../model/query.ts';
import { notFound } from './card.ts';
import { scopeName } from './passages.ts';

/** Words that ask, and words that every figure goes with. */
const ASKING =
  /何(?:%|パーセント|割|人|名|社|件|回|歳|才|円|枚|通|機関|事業所|か所|箇所)|いくつ|いくら|どのくらい|どれくらい|全国一|現在|今年度?/g;

/** How a figure of a kind is written, by what asks for it or by the last characters of its name. */
const KINDS: readonly { asked: RegExp; stated: string }[] = [
  { asked: /何%|何パーセント|何割|率(?:\s|$)|割合/, stated: '\\d[\\d.,]*\\s*(?:%|割)' },
  { asked: /何人|何名|人数|者数|職員数|人口/, stated: '\\d[\\d,]*\\s*(?:人|名)' },
  { asked: /何歳|何才|年齢/, stated: '\\d[\\d.]*\\s*[歳才]' },
  { asked: /番号/, stated: '\\d{2,}[-−]\\d+' },
  { asked: /いくら|何円|金額|額(?:\s|$)|費(?:\s|$)|残高/, stated: '\\d[\\d,.]*\\s*(?:千|万|億|百万)*円' },
];
const NUMBER = '\\d[\\d,.]*';
/** Characters between a quantity's name and its figure. */
const REACH = 14;
const DATES = /(?:令和|平成)?\d+年度?(?:\d+月)?(?:末)?(?:\d+日)?|\d+月(?:末)?(?:\d+日)?/g;

/** A word that names a quantity by its last characters: 保険料率, 平均年齢, 職員数. */
const QUANTITY =
  /(?:[一-龠々ァ-ヶーA-Za-z]+(?:率|数|額)|[一-龠々ァ-ヶーA-Za-z]*(?:年齢|人口|金利|残高|番号))(?![一-龠々])/g;

/** The quantity that is asked for; null where the question names a thing and asks how many of it. */
function quantityOf(about: string): string | null {
  return about.replace(ASKING, ' ').match(QUANTITY)?.at(-1) ?? null;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * A figure that is asked of the text must stand there, beside its name: a passage that only speaks of the thing, or
 * has other figures, is no answer.
 */
export function onlyStated(query: Query, answer: Answer, searched: string): Answer {
  if (answer.kind === 'clarify') return answer;
  const about = query.about.normalize('NFKC');
  const quantity = quantityOf(about);
  if (quantity === null)
    return answer.kind === 'answered' ? answer : missing(query, about.replace(ASKING, ' ').trim(), searched);
  const stated = KINDS.find(({ asked }) => asked.test(about))?.stated ?? NUMBER;
  const name = escapeRegExp(quantity);
  const beside = new RegExp(`${name}[^。]{0,${REACH}}?${stated}|${stated}[^。\\d]{0,4}${name}`);
  const found = answer.kind === 'answered' ? answer.passages : [];
  const isStated = found.some(({ text }) =>
    beside.test(text.normalize('NFKC').replace(/\s+/g, '').replace(DATES, '')),
  );
  return isStated ? answer : missing(query, quantity, searched);
}

/** What is near has other figures: it would be taken for the answer. */
function missing({ scope }: Query, name: string, searched: string): Answer {
  return notFound(`「${name}」の数値は、${scopeName(scope)}に見つかりませんでした。\n${searched}`);
}
