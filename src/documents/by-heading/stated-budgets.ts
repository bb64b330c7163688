import { findAmounts } from '../../japanese/amounts.ts';
import { isOpen, type Line } from '../lines.ts';
import { budgetStatusIn } from './cell-value.ts';
import { type Context, doubtAt, isOfOtherInsurer, sourceAt } from './context.ts';
import { yearsIn } from './facets.ts';
import { isTotal, type TableBudgets } from './table-budgets.ts';

/** (予算:健診案内の作成 2,145千円): what it costs, beside the measure. */
const LABEL = /予算(?:額|案)?\s*[:：]\s*/;
const LISTS_BUDGETS = /予算|経費|事業費/;
const HOLDS_YEN = /\d[千万億百]*円/;
/** ※ 消費税を含む, (単位:円): no end of a list. */
const NOTE = /^[※注(（]/;
const BULLET = /^(?:[・•○〇●◎◆■□※-]|[①-⑳]|[(（]?\d{1,2}[)）.．](?!\d))\s*/;
/** What stands between a name and its amount, and the brackets around both. */
const AROUND_NAME =
  /^[\s(（【〔［[:：、]+|(?:[\s(（【〔［[:：、…―-]|(?:当初)?予算(?:額|案)?|は|に|として|を)+$/g;
const NOT_A_NAME = /。|より|うち|前年|残額|差額|上限|増減/;
const BEFORE = /前年度?|昨年度/;

/**
 * The items of a budget that text states with their amounts: behind 予算: or in a list under a heading of budgets. A
 * further amount of the line must say that it is last year's or what was spent; else the line is left to a reader.
 */
export function statedBudgets(
  lines: readonly Line[],
  context: Pick<Context, 'about' | 'form'>,
  at: (line: number) => { branch: string | null; section: string[] },
): TableBudgets {
  const result: TableBudgets = { budgets: [], doubts: [] };
  const { fy } = context.about;
  let list: string | null = null;
  for (const [index, line] of lines.entries()) {
    const { branch, section } = at(line.number);
    const isSentence = /。$/.test(line.text);
    if (!HOLDS_YEN.test(line.text)) {
      if (LISTS_BUDGETS.test(line.text) && !isSentence && line.text.length <= 40) list = line.text;
      else if (!NOTE.test(line.text)) list = null;
      if (!LABEL.test(line.text)) continue;
    }
    const isItem = LABEL.test(line.text) || (list !== null && !isSentence);
    if (!isItem && !/予算/.test(line.text)) continue;
    const text = isOpen(line.text) ? line.text + (lines[index + 1]?.text ?? '') : line.text;
    const [amount, ...more] = findAmounts(text).filter(
      ({ unit, from }) => unit === '円' && /\d/.test(text[from] ?? ''),
    );
    if (!amount) continue;
    const name = nameBefore(text.slice(0, amount.from));
    if (isTotal(name)) continue;
    let previous: number | null = null;
    let executed: number | null = null;
    let told = true;
    for (const [nth, { value, from }] of more.entries()) {
      const said = text.slice((more[nth - 1] ?? amount).to, from);
      const isBefore = BEFORE.test(said) || yearsIn(said, fy)[0] === (fy ?? 0) - 1;
      if (isBefore && previous === null) previous = value;
      else if (/執行|契約|支出|決算/.test(said) && executed === null) executed = value;
      else told = false;
    }
    const isNamed =
      isItem &&
      name.length >= 2 &&
      name.length <= 40 &&
      !NOT_A_NAME.test(name) &&
      yearsIn(name, fy).every((year) => year === fy);
    if (branch === null || fy === null || !told || !isNamed || isOfOtherInsurer(text)) {
      const reason = '予算額がありますが、事業と額が1つずつに決まりません';
      result.doubts.push(doubtAt(context, line.number, line.text, reason));
      continue;
    }
    const above = section.filter((heading) => !HOLDS_YEN.test(heading) && heading !== list);
    result.budgets.push({
      branch,
      fy,
      section: [...above, ...(list === null ? [] : [list])].join(' ').slice(-60),
      name,
      amountYen: amount.value,
      amountText: text.slice(amount.from, amount.to),
      executedYen: executed,
      status: budgetStatusIn(text.slice(amount.to)),
      note: null,
      previousAmountYen: previous,
      source: sourceAt(context, line.number),
    });
  }
  return result;
}

/** Behind 予算: stands the name; where there is none, it stands before the bracket. */
function nameBefore(text: string): string {
  const [before = '', behind] = text.split(LABEL);
  const names = [behind ?? '', before].map(cleaned).filter((name) => name !== '');
  return names.find((name) => name.length >= 2) ?? names[0] ?? '';
}

function cleaned(text: string): string {
  return text.replace(BULLET, '').replace(AROUND_NAME, '').replace(BULLET, '');
}
