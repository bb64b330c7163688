/** Fonts draw these as the middle dot ・, and PDFs then name any of them. */
const MIDDLE_DOTS = /[\u00b7\u2027\u2219\u22c5]/g;

/**
 * Fonts share one glyph between an ideograph and the radical of its shape, and PDFs then name the radical.
 * NFKC folds the Kangxi radicals (U+2F00 to U+2FDF); these of the supplement have no such folding in Unicode,
 * but an EquivalentUnifiedIdeograph.
 */
const SUPPLEMENT: Record<string, string> = {
  '⺁': '厂',
  '⺒': '巳',
  '⺓': '幺',
  '⺝': '月',
  '⺠': '民',
  '⺟': '母',
  '⻁': '虎',
  '⻄': '西',
  '⻑': '長',
  '⻘': '青',
  '⻝': '食',
  '⻤': '鬼',
  '⻨': '麦',
  '⻩': '黄',
  '⻫': '斉',
  '⻭': '歯',
  '⻯': '竜',
  '⻲': '亀',
};

/** The text with the characters that were meant, where a PDF names another of the same shape. */
export function withoutTwins(text: string): string {
  return text
    .replace(/[\u2e80-\u2fdf]/g, (sign) => SUPPLEMENT[sign] ?? sign.normalize('NFKC'))
    .replace(MIDDLE_DOTS, '・');
}
