/** What follows /kpi. Words that are no command are a question. */
export type KpiCommand =
  | { kind: 'form' }
  | { kind: 'help' }
  | { kind: 'settings' }
  | { kind: 'summary'; of: string }
  | { kind: 'question'; text: string };

const HELP = /^(?:ヘルプ|へるぷ|help|使い方|\?)$/i;
/** 「まとめて比べて」 is a question. */
const SUMMARY_FIRST = /^まとめ(?![てるたろよ])\s*(.*)$/s;
const SUMMARY_LAST = /^(.{1,30}?)\s*の?まとめ$/s;

export function readCommand(text: string): KpiCommand {
  const words = text.normalize('NFKC').trim();
  if (words === '') return { kind: 'form' };
  if (HELP.test(words)) return { kind: 'help' };
  if (words === '設定') return { kind: 'settings' };
  const of = SUMMARY_FIRST.exec(words)?.[1] ?? SUMMARY_LAST.exec(words)?.[1];
  return of === undefined ? { kind: 'question', text } : { kind: 'summary', of: of.trim() };
}
