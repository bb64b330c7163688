import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import kuromoji, { type IpadicFeatures, type Tokenizer as KuromojiTokenizer } from 'kuromoji';
import { AppError } from '../model/errors.ts';

export type Kuromoji = KuromojiTokenizer<IpadicFeatures>;

let loading: Promise<Kuromoji> | undefined;

/**
 * kuromoji over IPADIC, loaded once a process (1 to 2 seconds, some 250 MB).
 * Fault: `bad_configuration` where its dictionary files are missing.
 */
export function loadKuromoji(): Promise<Kuromoji> {
  loading ??= load();
  return loading;
}

function load(): Promise<Kuromoji> {
  const dicPath = join(dirname(createRequire(import.meta.url).resolve('kuromoji/package.json')), 'dict');
  return new Promise((resolve, reject) => {
    kuromoji.builder({ dicPath }).build((error, tokenizer) => {
      if (error) reject(dictionaryFault(error));
      else resolve(tokenizer);
    });
  });
}

function dictionaryFault(cause: unknown): AppError {
  loading = undefined;
  return new AppError('bad_configuration', { message: 'kuromojiの辞書を読み込めません', cause });
}
