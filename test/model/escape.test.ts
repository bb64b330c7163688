import { expect, test } from 'vitest';
import { spreadsheetText } from '../../src/model/escape.ts';

test.each([
  '=1+1',
  '+1',
  '-1+cmd|x',
  '@SUM(A1)',
  '＝1',
  '　=1',
  '\t=1',
  '\r=1',
  '\n=1',
  "-2+3+cmd|'/C calc'!A0",
])('%j is no formula in a spreadsheet', (text) => {
  expect(spreadsheetText(text)).toBe(`'${text}`);
});

test.each(['', '東京', '80.0％以上', '－', '1-2', "'=1"])('%j stays as it is', (text) => {
  expect(spreadsheetText(text)).toBe(text);
});
