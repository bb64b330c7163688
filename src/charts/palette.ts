export const INK = '#1a1a1a';
/** Small print: 5.7 to 1 on white. */
export const QUIET = '#5f6368';
export const GRID = '#d9dce0';

/** Told apart by lightness too, so that a print in grey keeps the difference. */
export const BAR = '#8fb3d4';
export const BAR_ASKED = '#0b3d66';

export interface LineStyle {
  stroke: string;
  width: number;
  dash: string;
  marker: 'circle' | 'square' | 'triangle' | 'diamond';
}

/** Colours that colour-blind people tell apart; dash and marker tell them apart without any colour. */
const LINES: readonly LineStyle[] = [
  { stroke: '#0b3d66', width: 3, dash: '', marker: 'circle' },
  { stroke: '#b34700', width: 2.5, dash: '9 5', marker: 'square' },
  { stroke: '#5f6368', width: 2, dash: '2 5', marker: 'triangle' },
  { stroke: '#2a8c82', width: 2, dash: '12 4 2 4', marker: 'diamond' },
];

/** What was reached takes the strongest line, the target the dashed one, whatever their order. */
const BY_NAME: readonly [RegExp, number][] = [
  [/^前年度/, 3],
  [/実績/, 0],
  [/目標/, 1],
  [/目安/, 2],
];

export function lineStyle(name: string, index: number): LineStyle {
  const at = BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? index;
  return LINES[at % LINES.length] ?? { stroke: INK, width: 2, dash: '', marker: 'circle' };
}

/** Bars of several series beside each other, dark to light. */
const FILLS = ['#0b3d66', '#8fb3d4', '#b34700', '#c9ccd1'] as const;

export function barFill(index: number): string {
  return FILLS[index % FILLS.length] ?? BAR;
}
