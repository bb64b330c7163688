import { readFile } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzip } from 'node:zlib';
import type { IpadicFeatures, Tokenizer as KuromojiTokenizer } from 'kuromoji';
import { AppError } from '../model/errors.ts';

export type Kuromoji = KuromojiTokenizer<IpadicFeatures>;

type Receive<T> = (error: Error | null, value?: T) => void;

/** What kuromoji's own builder puts together; reached into, so that the dictionary is unpacked our way. */
interface DictionaryLoader {
  loadArrayBuffer(file: string, receive: Receive<ArrayBufferLike>): void;
  load(receive: Receive<object>): void;
}

const require = createRequire(import.meta.url);
let loading: Promise<Kuromoji> | undefined;

/**
 * kuromoji over IPADIC, loaded once a process (about a second, some 300 MB).
 * Fault: `bad_configuration` where its dictionary files are missing or damaged.
 */
export function loadKuromoji(): Promise<Kuromoji> {
  loading ??= load().catch((cause: unknown) => {
    loading = undefined;
    throw new AppError('bad_configuration', { message: 'kuromojiの辞書を読み込めません', cause });
  });
  return loading;
}

function load(): Promise<Kuromoji> {
  const Loader: new (
    folder: string,
  ) => DictionaryLoader = require('kuromoji/src/loader/NodeDictionaryLoader.js');
  const Tokenizer: new (dictionary: object) => Kuromoji = require('kuromoji/src/Tokenizer.js');
  const loader = new Loader(join(dirname(require.resolve('kuromoji/package.json')), 'dict'));
  loader.loadArrayBuffer = loadArrayBuffer;
  return new Promise((resolve, reject) => {
    loader.load((error, dictionary) => {
      if (error || !dictionary) reject(error ?? new Error('the dictionary is empty'));
      else resolve(new Tokenizer(dictionary));
    });
  });
}

/**
 * A file unpacked in one piece: kuromoji's own way copies 200 MB twice more, in pieces of 16 kB, which costs a
 * third of the time to start.
 */
function loadArrayBuffer(file: string, receive: Receive<ArrayBufferLike>): void {
  readFile(file, (error, packed) => {
    if (error) return receive(error);
    // A gzip file ends with the length of what it holds.
    const length = packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4);
    gunzip(packed, { chunkSize: Math.max(64, length) }, (failure, unpacked) => {
      if (failure) return receive(failure);
      const whole = unpacked.byteOffset === 0 && unpacked.buffer.byteLength === unpacked.length;
      receive(null, whole ? unpacked.buffer : new Uint8Array(unpacked).buffer);
    });
  });
}
