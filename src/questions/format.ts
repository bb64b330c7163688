import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import { type IndicatorId, isOther } from '../model/indicator.ts';
import type { Aspect, Condition, Question, QuestionOf } from '../model/question.ts';

const ASPECT_WORDS: Record<Aspect, string> = {
  all: '',
  target: 'の目標',
  actual: 'の実績',
  progress: 'の目標と実績',
  achievement: 'の達成率',
  gap: 'の目標との差',
  previous: 'の前年度実績',
  as_of: 'のいつ時点',
  source: 'の根拠',
  unit: 'の単位',
  proviso: 'の例外',
};
const OPERATOR_WORDS = {
  '>=': '以上',
  '>': 'より高い',
  '<=': '以下',
  '!=': '以外',
  '<': 'より低い',
  '=': 'ちょうど',
} as const;
const HOW_WORDS = { mean: '平均', max: '一番高い支部', min: '一番低い支部', sum: '合計' } as const;
const FILTER_WORDS: Record<QuestionOf<'kpis'>['filter'], string> = {
  all: 'KPIの一覧',
  new: '新しく増えたKPI',
  dropped: 'なくなったKPI',
  changed: '前の年度から変わったKPI',
  unmet: '未達のKPI',
  met: '達成しているKPI',
  reported: '実績が報告済みのKPI',
  unreported: '実績が未報告のKPI',
  first_time: '【新設】となっているKPI',
};

/** The name that the grammar reads as this one indicator. */
export function namePhrase(id: IndicatorId, catalogue: Catalogue): string {
  if (isOther(id)) return `『${id.slice('other:'.length)}』`;
  return catalogue.indicators.find((indicator) => indicator.id === id)?.name ?? id;
}

/** One word for several indicators where there is one: 健診率. What single plans call so comes with it. */
function namesPhrase(ids: readonly IndicatorId[], catalogue: Catalogue): string {
  const known = ids.filter((id) => !isOther(id));
  const term = catalogue.ambiguous.find(
    ({ indicators }) =>
      known.length > 1 &&
      indicators.length === known.length &&
      known.every((id, at) => indicators[at] === id),
  );
  return term?.term ?? ids.map((id) => namePhrase(id, catalogue)).join('と');
}

function branchesPhrase(branches: readonly string[]): string {
  return branches.length === 0 ? '全支部の' : `${branches.map(formatBranch).join('・')}の`;
}

function yearsPhrase(fys: readonly number[]): string {
  return fys.length === 0 ? '' : `${fys.map(formatFiscalYear).join('と')}の`;
}

function conditionPhrase(condition: Condition): string {
  switch (condition.type) {
    case 'value':
      return `が${condition.value}${OPERATOR_WORDS[condition.op]}の支部は？`;
    case 'between':
      return `が${condition.from}以上${condition.to}以下の支部は？`;
    case 'has':
      return 'をKPIにしている支部は？';
    case 'lacks':
      return 'をKPIにしていない支部は？';
    case 'prev_year':
      return 'が対前年度以上の支部は？';
    case 'met':
      return 'が達成済みの支部は？';
    case 'unmet':
      return 'が未達の支部は？';
  }
}

/** A complete question that the grammar reads as the same one. */
export function formatQuestion(question: Question, catalogue: Catalogue): string {
  const names = (ids: readonly IndicatorId[]) => namesPhrase(ids, catalogue);
  const one = (branch: string | null) => (branch === null ? '' : `${formatBranch(branch)}の`);
  const year = (fy: number | null) => yearsPhrase(fy === null ? [] : [fy]);
  switch (question.kind) {
    case 'figure':
      return `${one(question.branch)}${year(question.fy)}${names(question.indicators)}${ASPECT_WORDS[question.aspect]}は？`;
    case 'compare':
      return `${branchesPhrase(question.branches)}${yearsPhrase(question.fys)}${names(question.indicators)}${ASPECT_WORDS[question.aspect]}を比べて`;
    case 'rank': {
      const what = `${year(question.fy)}${names(question.indicators)}${ASPECT_WORDS[question.aspect]}`;
      if (question.standing !== null) {
        const among =
          question.branches.length === 0 ? '' : `${question.branches.map(formatBranch).join('・')}の中で`;
        return `${formatBranch(question.standing)}は${among}${what}が${question.order === 'high' ? '高い' : '低い'}順で何位？`;
      }
      const top =
        question.top === null ? '' : `${question.order === 'high' ? '上位' : '下位'}${question.top}支部を`;
      return `${branchesPhrase(question.branches)}${what}を${top}${question.order === 'high' ? '高い' : '低い'}順に並べて`;
    }
    case 'list': {
      const what = `${branchesPhrase(question.branches)}${year(question.fy)}${names(question.indicators)}${ASPECT_WORDS[question.aspect]}`;
      const phrase = conditionPhrase(question.condition);
      return `${what}${question.count ? phrase.replace('支部は？', '支部は何支部？') : phrase}`;
    }
    case 'aggregate':
      return `${branchesPhrase(question.branches)}${year(question.fy)}${names(question.indicators)}${ASPECT_WORDS[question.aspect]}の${HOW_WORDS[question.how]}は？`;
    case 'kpis':
      return `${one(question.branch)}${year(question.fy)}${FILTER_WORDS[question.filter]}は？`;
    case 'difference':
      return `${year(question.fy)}KPIのうち${formatBranch(question.have)}にあって${formatBranch(question.lack)}にないものは？`;
    case 'definition':
      return `${names(question.indicators)}とは？`;
    case 'measures':
    case 'counts':
      return `${one(question.branch)}${year(question.fy)}${question.about}`;
    case 'budget':
      return `${one(question.branch)}${yearsPhrase(question.fys)}${question.about}`;
    case 'passage':
      return `${question.branches.map(formatBranch).join('・')}${question.branches.length > 0 ? 'の' : ''}${yearsPhrase(question.fys)}${question.about}`;
    case 'unknown':
      return `${question.branches.map(formatBranch).join('・')}${question.branches.length > 0 ? 'の' : ''}${year(question.fy)}${question.about}`;
    case 'documents':
      return `${branchesPhrase(question.branches)}${yearsPhrase(question.fys)}資料の一覧`;
    case 'talk':
      return question.about === 'thanks'
        ? 'ありがとう'
        : question.about === 'greeting'
          ? 'こんにちは'
          : '使い方';
  }
}
