import { formatNumber } from '../japanese/amounts.ts';
import type { Yardstick } from '../model/indicator.ts';
import type { Judgement, Unjudged } from '../model/judgement.ts';

const YARDSTICKS: Record<Yardstick, string> = {
  level: '目標とそのまま比べました',
  cumulative: '経過した月の割合で比べました',
  stock: '前年度末からの積み増しを月割りで比べました',
  milestone: '実施したかどうかで見ます',
};

const UNJUDGED: Record<Unjudged, string> = {
  no_target: '目標の数値がないため判定できません',
  no_previous: '前年度の実績がないため、目安は計算できません',
  no_month: '時点の月がないため、目安は計算できません',
};

/** 遅れ（目標に届いていません。この時点の目安は5.6。経過した月の割合で比べました）. */
export function markText({ state, yardstick, expected, unjudged }: Judgement): string {
  if (state === 'met') return '達成 ✓（目標に届いています）';
  if (state === 'unreported') return '未報告';
  if (state === 'unclear') {
    return yardstick === 'milestone'
      ? '数値のない目標です（実施したかどうかで見ます）'
      : UNJUDGED[unjudged ?? 'no_target'];
  }
  if (unjudged !== null) return `目標に届いていません（${UNJUDGED[unjudged]}）`;
  const measure = yardstick === null ? '' : `。${YARDSTICKS[yardstick]}`;
  const guide =
    expected === null || yardstick === 'level' ? '' : `。この時点の目安は${formatNumber(expected, 2)}`;
  return state === 'behind'
    ? `遅れ（目標に届いていません${guide}${measure}）`
    : `順調（目標には未達ですが、ペースは保っています${guide}${measure}）`;
}
