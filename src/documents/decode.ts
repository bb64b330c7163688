import { AppError } from '../model/errors.ts';

const LINE_FEED = 0x0a;
/** Where a text in UTF-8 is Japanese: from here on characters take three bytes. */
const JAPANESE = /[\u0800-\uffff]/;

/**
 * Text in UTF-8, with or without its mark, UTF-16 with its mark, or Shift_JIS. Throws AppError `unreadable_file` for
 * any other, for a text that is cut off within a character, and for one that changes its encoding on the way.
 */
export function decode(bytes: Uint8Array, path: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return whole('utf-16le', bytes, path);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return whole('utf-16be', bytes, path);
  if (decodes('utf-8', bytes)) return checked(whole('utf-8', bytes, path), path);
  const line = changesAt(bytes);
  if (line !== null) {
    const message = '文字コードが途中で変わっています（UTF-8かShift_JISのどちらかにそろえてください）';
    throw new AppError('unreadable_file', { message, file: path, line });
  }
  if (decodes('shift_jis', bytes)) return checked(whole('shift_jis', bytes, path), path);
  throw unknown(path);
}

function unknown(path: string): AppError {
  const message = '文字コードを判別できません（UTF-8またはShift_JISの文書を用意してください）';
  return new AppError('unreadable_file', { message, file: path });
}

function checked(text: string, path: string): string {
  if (text.includes('\u0000')) throw unknown(path);
  return text;
}

/** Whether bytes are of an encoding, as far as they go: the last character may be cut off. */
function decodes(encoding: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function whole(encoding: string, bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const message = 'ファイルが途中で切れています（最後の文字が欠けています）';
    throw new AppError('unreadable_file', { message, file: path, cause });
  }
}

/** First line that is not in the encoding of the lines before it; null where all may be of one. */
function changesAt(bytes: Uint8Array): number | null {
  let first: boolean | null = null;
  let number = 0;
  for (let start = 0; start < bytes.length; number++) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const kind = isUtf8(bytes.subarray(start, end));
    if (kind !== null) {
      if (first !== null && kind !== first) return number + 1;
      first ??= kind;
    }
    start = end + 1;
  }
  return null;
}

/** Null for a line of ASCII, which tells nothing. */
function isUtf8(line: Uint8Array): boolean | null {
  if (line.every((byte) => byte < 0x80)) return null;
  try {
    return JAPANESE.test(new TextDecoder('utf-8', { fatal: true }).decode(line)) ? true : null;
  } catch {
    return false;
  }
}
