import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { Passage } from '../model/passage.ts';
import { arraysOf } from './index-builder.ts';
import type { PassageIndex } from './passage-index.ts';
import type { Postings } from './postings.ts';

/** Raised whenever the words of a passage or their weights come out differently. */
const INDEX_VERSION = 12;
const MAGIC = 'planbot-passages';
const DIGEST_BYTES = 32;

const Header = z.object({
  magic: z.literal(MAGIC),
  key: z.string(),
  /** Not read again one by one: the digest says that they are what was written. */
  passages: z.custom<Passage[]>(Array.isArray),
  words: z.array(z.string()),
  bigrams: z.array(z.string()),
  readings: z.array(z.tuple([z.string(), z.array(z.string())])),
  /** Lengths of the arrays, in elements, in the order of `arraysOf`. */
  lengths: z.array(z.int().nonnegative()),
});

/** What an index file must have been built with to be used: the code's version, the dictionary and the synonyms. */
export function indexKey({ dictionary, synonyms }: Pick<Catalogue, 'dictionary' | 'synonyms'>): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([dictionary, synonyms]))
    .digest('hex');
  return `${INDEX_VERSION}-${digest.slice(0, 16)}`;
}

/** Written beside its place and renamed, so that a reader sees the old file or the new one. Fault: `index_unavailable`. */
export async function savePassageIndex(path: string, index: PassageIndex, key: string): Promise<void> {
  const arrays = arraysOf(index);
  const header = Buffer.from(
    JSON.stringify({
      magic: MAGIC,
      key,
      passages: index.passages,
      words: [...index.words.terms.keys()],
      bigrams: [...index.bigrams.terms.keys()],
      readings: [...index.readings],
      lengths: arrays.map((array) => array.length),
    }),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  const body = Buffer.concat([
    size,
    header,
    Buffer.alloc(padding(4 + header.length)),
    ...arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
  ]);
  const digest = createHash('sha256').update(body).digest();
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    // It holds the plans' text, like the store beside it, and is as private.
    await writeFile(draft, Buffer.concat([digest, body]), { mode: 0o600 });
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
    const message = isFull ? 'ディスクに空きがないため、索引を書き込めません' : '索引を書き込めません';
    throw new AppError('index_unavailable', { message, file: path, cause });
  }
}

/** Undefined, with the reason told, where the file is missing, damaged or built with another key. */
export async function loadPassageIndex(
  path: string,
  key: string,
  tell: (reason: string) => void,
): Promise<PassageIndex | undefined> {
  try {
    const file = await readFile(path);
    const body = file.subarray(DIGEST_BYTES);
    const digest = createHash('sha256').update(body).digest();
    if (!digest.equals(file.subarray(0, DIGEST_BYTES))) return refuse('索引ファイルが壊れています', tell);
    const headerLength = body.readUInt32LE(0);
    const header = Header.parse(JSON.parse(body.toString('utf8', 4, 4 + headerLength)));
    if (header.key !== key) return refuse('索引ファイルの版が古くなっています', tell);
    const start = 4 + headerLength + padding(4 + headerLength);
    return toIndex(header, body.subarray(start));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return refuse(missing ? '索引ファイルがありません' : '索引ファイルを読み込めません', tell);
  }
}

function refuse(reason: string, tell: (reason: string) => void): undefined {
  tell(reason);
  return undefined;
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}

function toIndex(header: z.infer<typeof Header>, bytes: Buffer): PassageIndex {
  // A copy starts at an offset that four-byte elements can be read from.
  const buffer = new Uint8Array(bytes).buffer;
  let at = 0;
  let next = 0;
  const place = () => {
    const length = header.lengths[next++] ?? 0;
    const from = at;
    at += length * 4;
    return [from, length] as const;
  };
  const integers = () => new Uint32Array(buffer, ...place());
  const reals = () => new Float32Array(buffer, ...place());
  const postings = (terms: readonly string[]): Postings => ({
    terms: new Map(terms.map((term, id) => [term, id])),
    offsets: integers(),
    docs: integers(),
    impacts: reals(),
    idf: reals(),
  });
  return {
    words: postings(header.words),
    bigrams: postings(header.bigrams),
    forward: { offsets: integers(), ids: integers(), spans: integers() },
    readings: new Map(header.readings),
    passages: header.passages,
  };
}
