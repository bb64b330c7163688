import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { AppError } from '../../src/model/errors.ts';
import { packageFolder } from '../../src/model/package-folder.ts';
import { readerOver } from './reader.ts';

/** A copy of the catalogue that a test may edit as staff would: the files, no TypeScript. */
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planbot-catalogue-'));
  cpSync(join(packageFolder(), 'index/catalogue'), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function edit(file: string, change: (text: string) => string): void {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** Puts a word first into the list of a meaning. */
function addWord(as: string, word: string): void {
  edit('phrases.yml', (text) =>
    text.replace(new RegExp(`(- as: ${as}\\n\\s+words:\\s*\\[)`), (_, start: string) => `${start}${word}, `),
  );
}

function lineOf(file: string, text: string): number {
  return (
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

function fault(): AppError {
  try {
    loadCatalogue(folder);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the catalogue was taken');
}

describe('a word that staff add is read without a change of the program', () => {
  const question = (word: string) => `郵送化率の目標の${word}3`;
  test.each([
    ['bottom', 'どんじり', '郵送化率の目標のどんじり3', { order: 'low', limit: 3 }],
    ['top', 'ぴかいち', '郵送化率の目標のぴかいち3', { order: 'high', limit: 3 }],
    ['median', 'まんなか値', '郵送化率の目標のまんなか値', { compute: { type: 'statistic', of: 'median' } }],
    [
      'unstarted',
      '寝かせた',
      '東京の寝かせた予算',
      { filter: [{ type: 'budget', status: '未着手', not: false }] },
    ],
    ['achievement', '出来高率', '東京の郵送化率の出来高率', { columns: ['achievement'] }],
    ['thanks', 'おおきに', 'おおきに', { talk: 'thanks' }],
  ])('%s: %s', (as, word, text, expected) => {
    addWord(as, word);
    const [asked, ...others] = readerOver(loadCatalogue(folder))(text).questions;
    expect(others).toEqual([]);
    expect(asked?.query).toMatchObject(expected);
    expect(asked?.unread).toEqual([]);
  });

  const over = (op: string) => [{ type: 'compare', op, right: { type: 'number', value: 95, unit: '%' } }];
  test.each([
    ['郵送化率の目標が95％を凌ぐ支部', '>'],
    ['郵送化率の目標が95％を凌いでいる支部', '>'],
    ['郵送化率の目標が95％を凌ぎました支部', '>'],
    ['郵送化率の目標が95％をしのいどる支部', '>'],
    ['郵送化率の目標が95％を凌いでいない支部', '<='],
    ['郵送化率の目標が95％を凌ぎませんでした支部', '<='],
  ])('a verb is written once and read in any form: %s', (text, op) => {
    addWord('gt', '凌ぐ');
    const [asked] = readerOver(loadCatalogue(folder))(text).questions;
    expect(asked?.query.filter).toMatchObject(over(op));
    expect(asked?.unread).toEqual([]);
  });

  test('without it the word is told back', () => {
    const [asked] = readerOver(loadCatalogue(folder))(question('どんじり')).questions;
    expect(asked?.unread).not.toEqual([]);
  });

  test('a word that is taken out is told back', () => {
    edit('phrases.yml', (text) => text.replace('words: [中央値, ', 'words: ['));
    const [asked] = readerOver(loadCatalogue(folder))('郵送化率の目標の中央値').questions;
    expect(asked?.unread.join()).toContain('中央');
  });

  test('a region', () => {
    edit('regions.yml', (text) => `${text}\n- name: 港町\n  words: [港町の県]\n  branches: [神奈川, 兵庫]\n`);
    const [asked] = readerOver(loadCatalogue(folder))('港町の郵送化率').questions;
    expect(asked?.query.scope).toMatchObject({ branches: ['神奈川', '兵庫'], said: '港町' });
  });

  test('another name of a region', () => {
    edit('regions.yml', (text) => text.replace('words: [四国地方,', 'words: [お遍路の県, 四国地方,'));
    const [asked] = readerOver(loadCatalogue(folder))('お遍路の県の郵送化率').questions;
    expect(asked?.query.scope.branches).toEqual(['徳島', '香川', '愛媛', '高知']);
  });
});

describe('a wrong entry is refused with its file and line', () => {
  test('a meaning that is none', () => {
    edit('phrases.yml', (text) => `${text}\n- as: wurst\n  words: [どんじり]\n`);
    const { file, line } = fault();
    expect([file, line]).toEqual([join(folder, 'phrases.yml'), lineOf('phrases.yml', 'as: wurst')]);
  });

  test('one word with two meanings', () => {
    edit('phrases.yml', (text) => `${text}\n- as: top\n  words: [ワースト]\n`);
    const { file, line, text } = fault();
    const last = readFileSync(join(folder, 'phrases.yml'), 'utf8').trimEnd().split('\n').length - 1;
    expect([file, line, text]).toEqual([join(folder, 'phrases.yml'), last, 'わーすと']);
  });

  test('a region of a branch that is none', () => {
    edit('regions.yml', (text) => `${text}\n- name: 月面\n  words: []\n  branches: [火星]\n`);
    const { file, line } = fault();
    expect([file, line]).toEqual([join(folder, 'regions.yml'), lineOf('regions.yml', 'name: 月面')]);
    expect(fault().toLine()).toContain('火星');
  });

  test('no list at all', () => {
    edit('phrases.yml', () => 'as: top\n');
    expect(fault().file).toBe(join(folder, 'phrases.yml'));
  });
});
