/** One form for text that people and documents write in many: NFKC, plain dashes and waves, no control characters. */
export function normalize(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/[‐‑‒–—―−]/g, '-')
      .replace(/[〜～]/g, '~')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
        '',
      )
  );
}

/** Normalised and without white space: for comparing names that documents break over lines and pad. */
export function compact(text: string): string {
  return normalize(text).replace(/\s+/g, '');
}
