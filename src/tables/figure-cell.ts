import { PRINTED_UNITS, parseTarget } from '../documents/kpi/target.ts';
import { compact } from '../japanese/normalize.ts';
import { implausible } from '../model/figure-check.ts';
import type { Unit } from '../model/indicator.ts';
import type { Target } from '../model/kpi.ts';
import { type CellRead, problem } from './cell.ts';
import type { NamedIndicator } from './names.ts';
import type { SheetCell } from './table-file.ts';

/** Written in place of a figure to take back what was reported. */
export const WITHDRAW = '取消';

const FIGURE =
  /^([-▲△])?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(億|百万|万|千)?(%|パーセント|円|日|事業所|社|人|名|件)?$/;
const SCALES: Readonly<Record<string, number>> = { 億: 1e8, 百万: 1e6, 万: 1e4, 千: 1e3 };
const EXAMPLES: Readonly<Record<Unit, string>> = {
  '%': '81.2％',
  円: '7,125円',
  日: '6.2日',
  事業所: '3,120事業所',
  社: '3,120社',
  人: '120人',
  件: '120件',
  ポイント: '1.5ポイント',
};
const DEED = /^(?:実施|未実施|実施済み?)$/;

/** Counted in the same way, whichever the office calls them. */
function sameUnit(one: Unit, other: Unit): boolean {
  const office = (unit: Unit) => (unit === '社' ? '事業所' : unit);
  return office(one) === office(other);
}

/**
 * An actual and how users read it: 81.2 → 81.2％ for a rate. `unit` is the target's, for a KPI that the catalogue
 * does not know.
 */
export function readActual(
  cell: SheetCell,
  { known, unit: stated = null }: Pick<NamedIndicator, 'known'> & { unit?: Unit | null },
): CellRead<{ value: number | null; text: string }> {
  const plain = compact(cell.text);
  if (DEED.test(plain)) {
    return known?.yardstick === 'milestone'
      ? { value: { value: null, text: plain.replace(/済み?$/, '') } }
      : problem('この指標には数値を書いてください');
  }
  const match = FIGURE.exec(plain);
  const wanted = known?.unit ?? stated;
  if (!match) {
    const example = wanted === null ? '81.2' : EXAMPLES[wanted];
    return problem(`数値として読めません（例: ${example}。取り消すときは「${WITHDRAW}」）`);
  }
  if (known?.yardstick === 'milestone') return problem('この指標には「実施」か「未実施」と書いてください');
  const [, minus, digits = '', decimals = '', scale, printed] = match;
  const plainValue = Number(`${digits.replaceAll(',', '')}${decimals}`);
  // Scaling by powers of ten leaves binary dust (0.1億); no figure has more than six decimals.
  const value = scale === undefined ? plainValue : Number((plainValue * (SCALES[scale] ?? 1)).toFixed(6));
  const unit = printed === undefined ? null : (PRINTED_UNITS[printed] ?? null);
  if (unit && wanted && !sameUnit(unit, wanted)) {
    return problem(`単位が違います。この指標の単位の「${EXAMPLES[wanted]}」のように書いてください`);
  }
  const counted = wanted ?? unit;
  if (counted === '%' && cell.numeric && value <= 1) {
    return problem(
      'Excelの割合の書式かどうか見分けられません。「0.3％」のように％をつけた文字で書いてください',
    );
  }
  const why = implausible(minus === undefined ? value : -value, counted);
  if (why !== null) return problem(why);
  const shown =
    scale === undefined
      ? `${Number(digits.replaceAll(',', '')).toLocaleString('en-US')}${decimals}`
      : value.toLocaleString('en-US', { maximumFractionDigits: 6 });
  return { value: { value, text: `${shown}${(unit ?? counted ?? '').replace('%', '％')}` } };
}

/** A target with its comparison: 82.5％以上, 0.3％以下, 対前年度以上, 実施する, 100％. */
export function readTarget(cell: SheetCell, { known }: NamedIndicator): CellRead<Target> {
  const plain = compact(cell.text);
  const milestone = known?.yardstick === 'milestone';
  if (milestone !== /実施|発信|推進/.test(plain) && known !== null) {
    return problem(
      milestone
        ? 'この指標の目標は「実施する」のように書いてください'
        : 'この指標には数値か「対前年度以上」を書いてください',
    );
  }
  // A target is read within a statement; a bare figure would be taken for a name's.
  const parsed = parseTarget(milestone ? plain : `指標の割合を${plain}`);
  if (!parsed) return problem('目標として読めません（例: 82.5％以上、対前年度以上）');
  const { op, value, unit: stated, relative, text, proviso } = parsed;
  const target: Target = { op, value, unit: stated, relative, text, proviso };
  const exact = target.op === '=' && !(target.value === 100 && (target.unit ?? known?.unit) === '%');
  if (exact || (known && !milestone && target.op === 'do'))
    return problem('「以上」か「以下」をつけてください（例: 82.5％以上）');
  const unit = target.value === null ? null : (target.unit ?? known?.unit ?? null);
  if (unit && known?.unit && !sameUnit(unit, known.unit)) {
    return problem(`単位が違います。この指標の単位の「${EXAMPLES[known.unit]}」のように書いてください`);
  }
  if (unit === '%' && (target.value ?? 0) > 100) return problem('100％以下の数値を書いてください');
  const withUnit =
    target.unit === null && unit !== null ? plain.replace(/(\d)(以[上下内]|$)/, `$1${unit}$2`) : plain;
  return { value: { ...target, unit, text: withUnit.replaceAll('%', '％') } };
}
