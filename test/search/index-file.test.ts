import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Tokenizer } from '../../src/japanese/token.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import { indexKey, loadPassageIndex, savePassageIndex } from '../../src/search/index-file.ts';
import { buildPassageIndex, type PassageIndex } from '../../src/search/passage-index.ts';
import { openPassageSearch } from '../../src/search/passage-search.ts';
import { corpus } from './passage-corpus.ts';

let tokenizer: Tokenizer;
let index: PassageIndex;
let folder: string;
let told: string[];
beforeAll(async () => {
  tokenizer = await loadTokenizer([]);
  index = buildPassageIndex(corpus, tokenizer, []);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planbot-index-'));
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = () => join(folder, 'deep', 'passages.idx');
const load = (key = 'k') => loadPassageIndex(at(), key, (reason) => told.push(reason));

describe('an index on disk', () => {
  it('answers as the one that was built', async () => {
    await savePassageIndex(at(), index, 'k');
    const loaded = await load();
    const question = { text: '漁協の会館の健診', limit: 5 };
    expect(loaded && openPassageSearch(loaded, tokenizer, []).search(question)).toEqual(
      openPassageSearch(index, tokenizer, []).search(question),
    );
    expect(told).toEqual([]);
  });

  it('leaves no draft beside it', async () => {
    await savePassageIndex(at(), index, 'k');
    await savePassageIndex(at(), index, 'k');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['passages.idx']);
  });

  it('is read by its owner alone, whatever folder it lies in', async () => {
    await savePassageIndex(at(), index, 'k');
    expect(statSync(at()).mode & 0o777).toBe(0o600);
  });

  it('may hold no passage at all', async () => {
    await savePassageIndex(at(), buildPassageIndex([], tokenizer, []), 'k');
    const loaded = await load();
    expect(loaded && openPassageSearch(loaded, tokenizer, []).search({ text: '健診', limit: 3 })).toEqual([]);
  });

  it.each([
    ['missing', () => undefined, 'k', 'ありません'],
    ['of another key', () => savePassageIndex(at(), index, 'older'), 'k', '古く'],
    ['cut short', () => damage((bytes) => bytes.subarray(0, 500)), 'k', '壊れて'],
    ['empty', () => damage(() => Buffer.alloc(0)), 'k', '壊れて'],
    ['changed in one byte', () => damage(flipLast), 'k', '壊れて'],
  ])('that is %s is not used, and the reason is told', async (_, prepare, key, reason) => {
    await prepare();
    expect(await load(key)).toBeUndefined();
    expect(told.join()).toContain(reason);
  });

  it('is another one when the dictionary or the synonyms change', () => {
    const key = indexKey({ dictionary: [], synonyms: [] });
    expect(indexKey({ dictionary: [], synonyms: [] })).toBe(key);
    expect(
      indexKey({ dictionary: [{ surface: '健診', reading: 'ケンシン', parts: [] }], synonyms: [] }),
    ).not.toBe(key);
    expect(indexKey({ dictionary: [], synonyms: [['健診', '健康診断']] })).not.toBe(key);
  });

  it('that cannot be written is a fault that names the file', async () => {
    writeFileSync(join(folder, 'deep'), 'a file where a folder should be');
    await expect(savePassageIndex(at(), index, 'k')).rejects.toMatchObject({
      code: 'index_unavailable',
      file: at(),
    });
  });
});

async function damage(change: (bytes: Buffer) => Buffer): Promise<void> {
  await savePassageIndex(at(), index, 'k');
  writeFileSync(at(), change(readFileSync(at())));
}

function flipLast(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return changed;
}
