import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { AppError } from '../../src/model/errors.ts';
import { freshFolder } from '../store/data-folder.ts';

const INDICATOR = (id: string, synonyms: string) => `- id: ${id}
  name: 指標${id}
  official:
    - { name: 正式名${id} }
  synonyms: [${synonyms}]
  statement: [${id}]
  unit: "%"
  direction: up
  yardstick: level
  tolerance: 0
  definition: 試験用の指標です。
`;
const BRANCH = (name: string, reading: string) =>
  `- { name: ${name}, reading: ${reading}, prefecture: ${name}県, region: 東北, aliases: [], cities: [] }\n`;

const SMALL: Record<string, string> = {
  'branches.yml': `# 支部\n${BRANCH('青森', 'あおもり')}${BRANCH('秋田', 'あきた')}`,
  'indicators.yml': INDICATOR('one', '一つ目') + INDICATOR('two', '二つ目'),
  'ambiguous.yml': '- { term: どれか, indicators: [one, two] }\n',
  'synonyms.yml': '- [健診, 健康診断]\n',
  'regions.yml': '- { name: 北東北, words: [北東北], branches: [青森, 秋田] }\n',
  'phrases.yml': '- { as: mean, words: [平均] }\n',
  'headings.yml': '- { role: target, words: 目標|KPI }\n',
  'dictionary.csv': 'surface,reading,parts\n事業者健診,ジギョウシャケンシン,事業者|健診\n令和,レイワ,\n',
  'calendar.yml': `due_months_after_quarter: 1
notice_business_days_before: [7]
repeat_every_business_days: 3
escalate_after_business_days: 5
`,
};

function folderWith(changes: Record<string, string> = {}): string {
  const folder = freshFolder();
  for (const [name, text] of Object.entries({ ...SMALL, ...changes })) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function faultOf(folder: string): AppError {
  try {
    loadCatalogue(folder);
  } catch (error) {
    if (error instanceof AppError) {
      return error;
    }
    throw error;
  }
  throw new Error('the catalogue was accepted');
}

test('reads every file into the model', () => {
  const catalogue = loadCatalogue(folderWith());
  expect(catalogue.branches.map((branch) => branch.name)).toEqual(['青森', '秋田']);
  expect(catalogue.indicators.map((indicator) => indicator.id)).toEqual(['one', 'two']);
  expect(catalogue.ambiguous).toEqual([{ term: 'どれか', indicators: ['one', 'two'] }]);
  expect(catalogue.synonyms).toEqual([['健診', '健康診断']]);
  expect(catalogue.dictionary).toEqual([
    { surface: '事業者健診', reading: 'ジギョウシャケンシン', parts: ['事業者', '健診'] },
    { surface: '令和', reading: 'レイワ', parts: [] },
  ]);
  expect(catalogue.calendar.notice_business_days_before).toEqual([7]);
});

describe('a mistake is named with its file, line and text', () => {
  test.each([
    [
      'a branch without its reading',
      'branches.yml',
      SMALL['branches.yml']?.replace('reading: あきた, ', ''),
      3,
      'reading',
    ],
    ['a reading that is no hiragana', 'branches.yml', BRANCH('青森', 'アオモリ'), 1, 'ひらがな'],
    ['a misspelt key', 'branches.yml', BRANCH('青森', 'あおもり').replace('cities', 'city'), 1, 'city'],
    ['one branch twice', 'branches.yml', BRANCH('青森', 'あおもり').repeat(2), 2, '1行目と重複'],
    ['an unknown unit', 'indicators.yml', INDICATOR('one', '').replace('"%"', '"点"'), 1, 'unit'],
    ['one id twice', 'indicators.yml', INDICATOR('one', 'あ') + INDICATOR('one', 'い'), 12, '1行目と重複'],
    [
      'one synonym in two indicators',
      'indicators.yml',
      INDICATOR('one', 'GE') + INDICATOR('two', 'GE'),
      12,
      '「GE」',
    ],
    [
      'the same in full width',
      'indicators.yml',
      INDICATOR('one', 'GE') + INDICATOR('two', 'ＧＥ'),
      12,
      '「GE」',
    ],
    [
      'an unknown indicator',
      'ambiguous.yml',
      '# 注\n- { term: 率, indicators: [one, three] }\n',
      2,
      '「three」',
    ],
    ['a group of one word', 'synonyms.yml', '- [健診, 健康診断]\n- [健診]\n', 2, '「- [健診]」'],
    ['two groups of one name', 'synonyms.yml', '- [健診, 検診]\n- [健診, ドック]\n', 2, '重複'],
    [
      'a narrower group that is not there',
      'synonyms.yml',
      '- [健診, 検診]\n- [検査, 測定, ＞血圧計]\n',
      2,
      '血圧計',
    ],
    ['text that is no YAML', 'synonyms.yml', '- [健診\n- a: b: c\n', 2, 'YAMLとして読めません'],
    ['a mapping where a list belongs', 'synonyms.yml', 'a: 1\n', 1, '一覧'],
    ['a heading that is missing', 'dictionary.csv', 'surface,reading\n令和,レイワ\n', 2, 'parts'],
    ['a row with too few cells', 'dictionary.csv', 'surface,reading,parts\n令和,レイワ,\n健診\n', 3, 'CSV'],
    [
      'a word twice',
      'dictionary.csv',
      'surface,reading,parts\n令和,レイワ,\n令和,レイワ,\n',
      3,
      '2行目と重複',
    ],
    [
      'no number of days',
      'calendar.yml',
      'due_months_after_quarter: たくさん\n',
      1,
      'due_months_after_quarter',
    ],
  ])('%s', (_, name, text = '', line, words) => {
    const folder = folderWith({ [name]: text });
    const fault = faultOf(folder);
    expect(fault.code).toBe('bad_catalogue');
    expect(fault.toLine()).toContain(words);
    expect(fault.toLine()).toMatch(new RegExp(`^${join(folder, name)}:${line}: `));
    expect(fault.toLine()).not.toContain('\n');
  });

  test('a file that is missing', () => {
    const folder = folderWith();
    rmSync(join(folder, 'calendar.yml'));
    expect(faultOf(folder).toLine()).toBe(`${join(folder, 'calendar.yml')}: ファイルを読めません`);
  });
});

test('the catalogue that planbot is delivered with has every branch and loads', () => {
  const { branches, indicators, calendar } = loadCatalogue();
  expect(branches).toHaveLength(48);
  expect(indicators.length).toBeGreaterThan(20);
  expect(calendar.due_months_after_quarter).toBe(1);
});

test('a synonym added to the file is known without any change of the program', () => {
  const folder = freshFolder();
  cpSync(join(import.meta.dirname, '../../index/catalogue'), folder, { recursive: true });
  const file = join(folder, 'indicators.yml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/synonyms:\s*\[/, 'synonyms: [まったく新しい呼び名, '));
  expect(loadCatalogue(folder).indicators.flatMap(({ synonyms }) => synonyms)).toContain(
    'まったく新しい呼び名',
  );
});
