/** A question that a newcomer asks with one click. */
export interface Example {
  /** What kind of question it is: 目標, 比較 … */
  label: string;
  question: string;
}

/** One for each kind of answer; all can be answered from what a clone brings along. */
export const EXAMPLES: readonly Example[] = [
  { label: '目標', question: '東京支部のジェネリックKPIは？' },
  { label: '比較', question: '東京と群馬の特定保健指導実施率を比べて' },
  { label: '順位', question: '健診実施率の目標が高い支部は？' },
  { label: '進み具合', question: '東京支部で目標に届いていない指標は？' },
  { label: '取組（見本の文書）', question: '大分支部の評議会の取組は？' },
  { label: '聞き返し', question: '健診率は？' },
];
