import type { Question, QuestionOf } from '../model/question.ts';
import type { Reading } from './reading.ts';

type Want = QuestionOf<'budget'>['want'];

function wantOf({ cues, said: text }: Reading): Want {
  if (cues.has('rateOfExecution')) return 'rate';
  if (/超え|超過|おーばー|上回/.test(text)) return 'over';
  if (cues.has('sum') || /関連予算/.test(text) || /全部でいくら|全体の予算|予算(?:の)?(?:全体|総)/.test(text))
    return 'total';
  if (/未着手|調達中|契約済/.test(text)) return 'status';
  if (/増え|増加|増額|伸び/.test(text) && !/新/.test(text)) return 'increased';
  if (/減っ|減り|減少|減額|削[らっ減]/.test(text)) return 'decreased';
  if (/(?:一番|最も|もっとも|最大|最高).{0,12}(?:高|大き|多|予算|額)|最高額|最大の/.test(text))
    return 'largest';
  if (
    cues.has('newKpi') &&
    /(?:新規|新し|新たな|新設).{0,10}(?:予算|事業|取組|もの|項目|どれ|なに|何)/.test(text)
  )
    return 'new';
  return /一覧|りすと|すべて|全て|内訳|どんな(?:予算|もの)/.test(text) ? 'list' : 'item';
}

function statusOf(text: string): QuestionOf<'budget'>['status'] {
  if (/未着手/.test(text)) return '未着手';
  if (/調達中/.test(text)) return '調達中';
  return /契約済/.test(text) ? '契約済み' : null;
}

/** Budgets: amounts, sums, status, execution. */
export function readBudget(reading: Reading): Question | null {
  const { cues, fys, branches, said } = reading;
  const money =
    cues.has('money') &&
    !cues.has('target') &&
    !(reading.indicators.includes('reexam_amount') && reading.sure);
  if (!cues.has('budget') && !money) return null;
  const years = [...fys];
  const [only] = years;
  if (years.length === 1 && only !== undefined && only > 1 && reading.previousYear) years.unshift(only - 1);
  return {
    kind: 'budget',
    branch: branches[0] ?? null,
    fys: years,
    want: wantOf(reading),
    status: statusOf(said),
    about: reading.about,
  };
}
