import { expect, test } from 'vitest';
import { branchInName } from '../../src/catalogue/branch-in-name.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';

const { branches } = loadCatalogue();

test.each([
  ['群馬支部', '群馬'],
  ['gunma', '群馬'],
  ['gunma-kikaku', '群馬'],
  ['群馬支部_企画総務', '群馬'],
  ['hyougo-shibu', '兵庫'],
  ['Oita', '大分'],
  ['kyoto', '京都'],
  ['東京都', '東京'],
  ['ＧＵＮＭＡ', '群馬'],
  ['旧・東京支部', '東京'],
])('#%s is the channel of %s', (name, branch) => {
  expect(branchInName(name, branches)).toBe(branch);
});

test.each(['本部', 'honbu', '福井さん', '東京-群馬', '企画総務', 'nagano2', ''])(
  '#%s is no branch’s channel',
  (name) => {
    expect(branchInName(name, branches)).toBeNull();
  },
);

test('every branch is found by its reading in romaji, and no other', () => {
  const romaji: Record<string, string> = {
    北海道: 'hokkaido',
    大阪: 'osaka',
    島根: 'shimane',
    千葉: 'chiba',
  };
  for (const [branch, name] of Object.entries(romaji)) expect(branchInName(name, branches)).toBe(branch);
});
