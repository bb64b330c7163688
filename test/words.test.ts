import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** Where sentences for users are written; what people write to planbot is read elsewhere, in whatever words. */
const SPOKEN = [
  'slack',
  'answers',
  'reminders',
  'cli',
  'app',
  'intake',
  'figure-entry',
  'playground/page',
  'charts',
  'progress-tables',
];

/** The last column of the table of terms in index/README.md. */
function unusedWords(): string[] {
  const text = readFileSync(join(ROOT, 'index/README.md'), 'utf8');
  const table = text.split('| 用語 | 使う | 使わない |')[1]?.split('\n\n')[0] ?? '';
  return [...table.matchAll(/\|([^|\n]+)\|$/gm)]
    .flatMap(([, cell = '']) => cell.split('、'))
    .map((word) => word.trim())
    .filter((word) => /[^-\s]/.test(word));
}

/** What stands in quotes, without comments, patterns and what is put in. */
function sentencesOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.html')) return [...text.matchAll(/>([^<]+)</g)].map(([, words = '']) => words);
  const code = text.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/'([^'\n]*)'|`([^`]*)`/g)].map(([, plain, template]) =>
    (plain ?? template ?? '').replace(/\$\{[^}]*\}/g, ''),
  );
}

function spoken(): { file: string; sentence: string }[] {
  return SPOKEN.flatMap((folder) =>
    readdirSync(join(ROOT, 'src', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js|html)$/.test(name))
      .flatMap((name) => {
        const file = join('src', folder, name);
        const sentences = sentencesOf(join(ROOT, file)).filter((one) => /[ぁ-んァ-ヶ一-龠]/.test(one));
        return sentences.map((sentence) => ({ file, sentence }));
      }),
  );
}

test('what users read keeps to the terms of index/README.md', () => {
  const words = unusedWords();
  expect(words.length).toBeGreaterThan(15);
  const wrong = spoken().flatMap(({ file, sentence }) =>
    words
      .filter((word) => sentence.includes(word))
      .map((word) => `${file}: 「${word}」 ${sentence.slice(0, 80)}`),
  );
  expect(wrong).toEqual([]);
});

test('per cents are full-width, ranges take ～', () => {
  const wrong = spoken().filter(({ sentence }) => /[ぁ-ん一-龠、（]\s*[\d.]*%|〜/.test(sentence));
  expect(wrong).toEqual([]);
});
