/** Longer texts are read as several matters at once, and found is nothing of any. */
const LONGEST = 200;

/**
 * What to ask about a message that was written for other people: its first sentences, without greetings, quoted
 * lines and what holds no words. Null where nothing is left.
 */
export function questionIn(text: string): { text: string; isCut: boolean } | null {
  const sentences = text
    .split('\n')
    .filter((line) => !/^\s*(?:>|&gt;|```)/.test(line))
    .flatMap((line) => line.split(/(?<=[。！？!?])/))
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part) && !GREETING.test(part));
  const kept: string[] = [];
  for (const sentence of sentences) {
    if (kept.length > 0 && [...kept, sentence].join('').length > LONGEST) break;
    kept.push(sentence.slice(0, LONGEST));
  }
  if (kept.length === 0) return null;
  const isCut = kept.length < sentences.length || sentences[0]?.length !== kept[0]?.length;
  return { text: kept.join(''), isCut };
}

const GREETING =
  /^(?:おはよう(?:ございます)?|こんにちは|お疲れ(?:様|さま)(?:です|でした)?|いつもお世話に(?:なって(?:おり|い)ます|なります)|よろしくお願い(?:いた|致)?します|以上(?:です)?)[。！!、,\s]*$/;
