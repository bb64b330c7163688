import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PICTURES, PICTURES_FOLDER } from './pictures.ts';

const MOST_BYTES = 150 * 1024;
const ROOT = join(import.meta.dirname, '../..');

test('the pictures of the README are there, and every one comes from a scene', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const shown = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');
  expect(shown.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const taken = PICTURES.map(({ file }) => file).sort();
  expect(readdirSync(PICTURES_FOLDER).sort()).toEqual(taken);
});

test.each(PICTURES)('$file is small, and shows a scene that a test plays', ({ file, scene }) => {
  expect(statSync(join(PICTURES_FOLDER, file)).size).toBeLessThanOrEqual(MOST_BYTES);
  const tests = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'));
  const playing = tests.filter((name) =>
    readFileSync(join(import.meta.dirname, name), 'utf8').includes(`await ${scene.name}(page)`),
  );
  expect(playing).not.toEqual([]);
});
