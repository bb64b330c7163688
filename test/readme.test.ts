import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planbot } from './cli/command-line.ts';
import { freshFolder } from './store/data-folder.ts';

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

test('the first answer of the README is what a bare clone answers', async () => {
  const quoted = README.split('\n')
    .filter((line) => line.startsWith('> '))
    .map((line) => line.slice(2).replace(/\*\*|\\$/g, ''));
  const question = quoted[0]?.split('@planbot ')[1] ?? '';
  const shown = quoted.slice(1).map((line) => line.replace(/^planbot: /, ''));
  const { out, err } = await planbot(['ask', question, '--data', freshFolder()]);
  expect(err).toEqual([]);
  const said = out.join('\n').split('\n');
  expect(shown.length).toBeGreaterThan(3);
  expect(said).toEqual(expect.arrayContaining(shown));
});

test('the README lists the commands that there are', async () => {
  const { out } = await planbot(['--help']);
  const names = out.join('\n').matchAll(/^ {2}([a-z]+)/gm);
  const listed = README.matchAll(/^\| `([a-z]+)[ `].*\|$/gm);
  const inTable = new Set([...listed].map((match) => match[1]));
  expect([...inTable].sort()).toEqual([...new Set([...names].map((match) => match[1]))].sort());
});
