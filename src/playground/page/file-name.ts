import { basename } from 'node:path';

/** Of a file that a person brings, in bytes. */
export const FILE_LIMIT = 20 * 1024 * 1024;

const NAME_LIMIT = 200;

/** The name alone, whatever path and control characters came with it. */
export function fileName(given: string): string {
  return basename(given.replaceAll('\\', '/'))
    .replace(/\p{Cc}/gu, '')
    .slice(-NAME_LIMIT);
}
