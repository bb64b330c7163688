import { unzipSync } from 'fflate';
import { AppError } from '../../model/errors.ts';

/** Office files of plans unpack to a few megabytes; what unpacks to more is refused before it is unpacked. */
const MAX_UNPACKED = 24 * 1024 * 1024;
const MAX_ENTRIES = 4000;

/**
 * The files of a ZIP container that are wanted, by name. Throws AppError `unreadable_file` for one that is damaged, or
 * too large once unpacked: no more is unpacked than the container says of itself.
 */
export function unzip(bytes: Uint8Array, path: string, wanted: RegExp): Map<string, Uint8Array> {
  let total = 0;
  let entries = 0;
  const refuse = (message: string, cause?: unknown) =>
    new AppError('unreadable_file', { message, file: path, cause });
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (++entries > MAX_ENTRIES) throw refuse('中のファイルが多すぎます');
        if (!wanted.test(name)) return false;
        total += originalSize;
        if (total > MAX_UNPACKED) {
          throw refuse(`展開すると大きすぎます（上限は${MAX_UNPACKED / 1048576}MBです）`);
        }
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw refuse('壊れているか、途中で切れています', cause);
  }
}

/** Names of the files in a ZIP container, without unpacking any; empty where it cannot be read. */
export function entryNames(bytes: Uint8Array): string[] {
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        if (names.length <= MAX_ENTRIES) names.push(name);
        return false;
      },
    });
  } catch {
    // A damaged container names what it could.
  }
  return names;
}

export function textOfEntry(files: ReadonlyMap<string, Uint8Array>, name: string): string | null {
  const bytes = files.get(name);
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}
