import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../src/cli/commands.ts';
import { planbot } from './cli/command-line.ts';
import { freshFolder } from './store/data-folder.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

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

test('the README lists the commands that there are', () => {
  const rows = README.split('\n').filter((line) =>
    /^\| `(?:ingest|ask|report|import|remind|backup)`/.test(line),
  );
  const listed = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([a-z]+)`/g)].map(([, name]) => name),
  );
  expect(listed.sort()).toEqual(Object.keys(COMMANDS).sort());
});

test('what the documents point at is there, and no heading is linked that nothing has', () => {
  const wrong = ['README.md', 'index/README.md', 'src/README.md', 'scripts/README.md'].flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
      if (/^https?:/.test(target)) return [];
      const [path = '', heading] = target.split('#');
      const place = path === '' ? join(ROOT, file) : join(ROOT, dirname(file), path);
      if (!existsSync(place)) return [`${file}: ${target}`];
      const headings = heading === undefined ? [] : [...readFileSync(place, 'utf8').matchAll(/^#+ (.+)$/gm)];
      // As GitHub makes an address of a heading.
      const addresses = headings.map(([, words = '']) =>
        words
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-'),
      );
      return heading === undefined || addresses.includes(heading) ? [] : [`${file}: ${target}`];
    });
  });
  expect(wrong).toEqual([]);
});
