import { expect, test } from 'vitest';
import { readCommand } from '../../../src/slack/listeners/kpi-command.ts';

test.each([
  ['', { kind: 'form' }],
  ['　 ', { kind: 'form' }],
  ['ヘルプ', { kind: 'help' }],
  ['HELP', { kind: 'help' }],
  ['？', { kind: 'help' }],
  ['設定', { kind: 'settings' }],
  ['まとめ', { kind: 'summary', of: '' }],
  ['まとめ　東京　令和７', { kind: 'summary', of: '東京 令和7' }],
  ['東京のまとめ', { kind: 'summary', of: '東京' }],
  ['まとめて比べて', { kind: 'question', text: 'まとめて比べて' }],
  ['設定率とは？', { kind: 'question', text: '設定率とは？' }],
  ['東京 ジェネリック', { kind: 'question', text: '東京 ジェネリック' }],
])('/kpi %s', (text, command) => {
  expect(readCommand(text)).toEqual(command);
});
