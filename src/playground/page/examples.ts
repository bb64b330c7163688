import { escapeHtml } from '../../model/escape-html.ts';
import { attributes } from './html.ts';

/** A question that a newcomer asks with one click. */
export interface Example {
  /** What kind of question it is: 目標, 比較 … */
  label: string;
  question: string;
}

/**
 * One for each kind of answer, about the branch of the channel; all can be answered from what a clone brings along.
 * Where the channel is no branch's, about 東京.
 */
export function examplesFor(branch: string | null): readonly Example[] {
  const own = branch ?? '東京';
  const other = own === '東京' ? '群馬' : '東京';
  return [
    { label: '1つの数値', question: `${own}支部のジェネリックKPIは？` },
    { label: '比較', question: `${own}と${other}の特定保健指導実施率を比べて` },
    { label: '順位', question: '健診実施率の目標が高い支部は？' },
    { label: '進み具合', question: '東京支部で目標に届いていない指標は？' },
    { label: '取組（見本の文書）', question: '大分支部の評議会の取組は？' },
    { label: '聞き返し', question: '受診率は？' },
  ];
}

export function renderExamples(examples: readonly Example[]): string {
  return examples
    .map(
      ({ label, question }) =>
        `<button${attributes({ type: 'button', class: 'action example', 'data-ask': question })}><small>${escapeHtml(label)}</small>${escapeHtml(question)}</button>`,
    )
    .join('');
}
