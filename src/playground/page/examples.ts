/** A question that a newcomer asks with one click. */
export interface Example {
  /** What kind of question it is: 目標, 比較 … */
  label: string;
  question: string;
}

/** One for each kind of answer. */
export const EXAMPLES: readonly Example[] = [
  { label: '目標', question: '東京支部のジェネリックKPIは？' },
  { label: '比較', question: '東京と群馬のジェネリックを比べて' },
  { label: '順位', question: '健診実施率の目標が高い支部を5つ' },
  { label: '実績', question: '東京支部のサービススタンダードの実績は？' },
  { label: '取組', question: '東京支部の電子申請の取組は？' },
  { label: '聞き返し', question: '健診率は？' },
];
