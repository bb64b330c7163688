import type { Unjudged } from '../model/judgement.ts';
import type { Judged } from './judge.ts';

const UNJUDGED: Record<Unjudged, string> = {
  no_target: '目標の数値がないため判定できません',
  no_previous: '前年度の実績がないため、目安は計算できません',
  no_month: '時点の月がないため、目安は計算できません',
  no_yardstick: '水準・累計などの区別が登録されていないため、目安は計算できません',
};

/** 遅れ（目標に届いていません。この時点の目安5.6％＝33.6％×2か月÷12か月）, as the reminders say it. */
export function standingText({ state, yardstick, unjudged, target, guide }: Judged): string {
  if (state === 'met') return '達成 ✓（目標に届いています）';
  if (state === 'unreported') return '未報告';
  if (state === 'unclear') {
    if (unjudged === null) return '数値のない目標です（実施したかどうかで見ます）';
    return target === null ? UNJUDGED[unjudged] : `目標に届いていません（${UNJUDGED[unjudged]}）`;
  }
  const measure =
    guide !== null
      ? `この時点の目安${guide.figure}＝${guide.from}`
      : yardstick === 'milestone'
        ? '実施したかどうかで見ます'
        : '目標とそのまま比べました';
  return state === 'behind'
    ? `遅れ（目標に届いていません。${measure}）`
    : `順調（目標には未達ですが、ペースは保っています。${measure}）`;
}
