/** One form for text that people and documents write in many: NFKC, plain dashes and waves, no control characters. */
export function normalize(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[〜～]/g, '~')
    .replace(/[^\P{Cc}\t\n\r]|\p{Cf}|\p{Cs}|[\u2028\u2029]/gu, '');
}

/** Normalised and without white space: for comparing names that documents break over lines and pad. */
export function compact(text: string): string {
  return normalize(text).replace(/\s+/g, '');
}
