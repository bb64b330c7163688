/** A paragraph of a cell, and whether markup or a bullet set it off as a list item. */
export interface Paragraph {
  text: string;
  listed: boolean;
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** Cells hold a small subset of HTML: p, ul, li, b, br. What is between block tags is a paragraph. */
export function paragraphs(cell: string): Paragraph[] {
  const found: Paragraph[] = [];
  for (const piece of cell.split(/(?=<(?:p|li)\b)|<\/(?:p|li|ul|ol)>|<br\s*\/?>|<\/?[uo]l\b[^>]*>/i)) {
    const listed = /^\s*<li\b/i.test(piece);
    const text = decode(piece.replace(/<[^<>]*>/g, ''))
      .replace(/\s+/g, ' ')
      .trim();
    if (text !== '') found.push({ text, listed: listed || /^[・•]/.test(text) });
  }
  return found;
}

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity);
}
