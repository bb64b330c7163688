/** Far below the last printed digit of any figure. */
const DUST = 1e-9;

/** Round numbers from at most `low` to at least `high`, about `count` of them, evenly apart. */
export function roundTicks(low: number, high: number, count = 5): number[] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const span = high - low > Math.max(DUST, size * DUST) ? high - low : size > DUST ? size : 1;
  const step = roundStep(span / count);
  const first = Math.floor(low / step + DUST) * step;
  const ticks: number[] = [];
  for (let at = 0; ticks.length === 0 || (ticks.at(-1) ?? 0) < high - step * DUST; at += 1) {
    ticks.push(tidy(first + at * step));
  }
  return ticks.length > 1 ? ticks : [...ticks, tidy(first + step)];
}

/** 1, 2 or 5 times a power of ten: the nearest that is no smaller. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((one) => one * power >= rough * (1 - DUST)) ?? 10;
  return factor * power;
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** Values of one chart with the same number of decimals, with thousands separators: 80.0, 3,120. */
export function valueFormat(values: readonly number[]): (value: number) => string {
  const digits = Math.min(4, Math.max(0, ...values.map(decimals)));
  const format = new Intl.NumberFormat('ja-JP', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return (value) => format.format(value);
}

function decimals(value: number): number {
  return String(tidy(value)).split('.')[1]?.length ?? 0;
}
