import { expect, test } from 'vitest';
import { latestStandings } from '../../src/slack/latest-standings.ts';
import { manyKpis, standingsFrom } from './made-up-standings.ts';

const now = () => new Date('2025-07-25T03:00:00Z');

test.each([
  ['this year', [7, 6], 7],
  ['an earlier year where this one has no plan', [6, 3], 6],
  ["this year beside next year's plan", [8, 7], 7],
  ["next year's plan where there is no other", [8], 8],
  ['none', [], null],
])('the newest year that has KPIs: %s', async (_, fys, expected) => {
  const kpis = fys.flatMap((fy) => manyKpis(1, fy));
  const found = await latestStandings({ standings: standingsFrom(kpis), now }, '東京');
  expect(found?.fy ?? null).toBe(expected);
});
