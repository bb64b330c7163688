import type { Indicator, Unit } from '../../model/indicator.ts';
import type { Target } from '../../model/kpi.ts';
import { type CellValue, fitsUnit } from './cell-value.ts';
import type { Placed } from './placed-cells.ts';

const SETS = new Set<CellValue['kind']>(['figure', 'relative', 'increment', 'deed']);

/** The target that a cell sets; a reason in words where it cannot be said. */
export function targetOf(cell: Placed, targets: readonly Placed[], known: Indicator | null): Target | string {
  const { value, facets, label } = cell;
  if (value.kind === 'same') {
    const other = targets.find(
      ({ column, value: own }) => column.index !== cell.column.index && SETS.has(own.kind),
    );
    return other ? targetOf({ ...other, facets }, targets, known) : '「変更なし」が何と同じか分かりません';
  }
  const none = { relative: null, proviso: null } as const;
  if (value.kind === 'deed') {
    if (known !== null && known.yardstick !== 'milestone') return '目標の数値が読み取れません';
    return { op: 'do', value: null, unit: null, text: value.text, ...none };
  }
  if (value.kind === 'relative') {
    const { op, value: figure, unit, text } = value;
    const way = op ?? comparedBy(cell.comparison) ?? comparedBy(cell.stated);
    if (way === null) return '前年度以上か以下か分かりません';
    const said = op === null ? `${text}${cell.comparison}` : text;
    return { op: way, value: figure, unit, relative: 'prev_year', text: printed(said), proviso: null };
  }
  if (value.kind === 'increment') {
    const { op, value: figure, text } = value;
    return { op, value: figure, unit: 'ポイント', relative: 'prev_year', text: printed(text), proviso: null };
  }
  if (value.kind !== 'figure') return '目標の数値が1つに決まりません';
  const unit = value.unit ?? (value.counter === null ? (facets.unit ?? known?.unit ?? null) : null);
  if (known && !fitsUnit(known, value.unit ?? facets.unit, value.counter))
    return `単位が指標（${known.name}）と合いません`;
  if (
    known?.unit === '%' &&
    value.value > 0 &&
    value.value <= 1 &&
    value.unit === null &&
    facets.unit === null &&
    known.id !== 'assessment_rate'
  )
    return '割合が小数で書かれていて、％か分かりません';
  const op =
    value.op ?? comparedBy(cell.comparison) ?? comparedBy(cell.stated) ?? opOf(known, value.value, label);
  const text =
    value.unit === null && unit !== null && value.counter === null
      ? targetWithUnit(value.text, unit)
      : value.text;
  const relative = /前年/.test(cell.stated + cell.comparison) ? 'prev_year' : null;
  return { op, value: value.value, unit, text: printed(text), relative, proviso: null };
}

export function targetWithUnit(text: string, unit: Unit): string {
  return text.replace(/^(\D*[\d,.]+)/, `$1${unit}`);
}

export function printed(text: string): string {
  return text.replaceAll('%', '％');
}

function comparedBy(words: string): Target['op'] | null {
  const found = /以上|以下|以内|未満|超|並み|とする/.exec(words)?.[0];
  if (found === undefined) return null;
  return found === 'とする' ? '=' : found === '以上' || found === '超' || found === '並み' ? '>=' : '<=';
}

/** A bare figure in a column of targets: at least it, or at most, as the indicator is better high or low. */
function opOf(known: Indicator | null, value: number, label: string): Target['op'] {
  if (known?.id === 'service_standard' || (known?.unit === '%' && value === 100)) return '=';
  if (known) return known.direction === 'down' ? '<=' : '>=';
  return /日数|期間|一者応札|喫煙|リスク/.test(label) ? '<=' : '>=';
}
