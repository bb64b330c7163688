import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { EMPTY_QUERY, type Query } from '../../src/model/query.ts';
import { buttonValue, chosenKpi, describeQuestion, questionOf } from '../../src/slack/button-question.ts';
import { anyText, kpiQuery } from './answers.ts';

const catalogue = loadCatalogue();
const branches = catalogue.branches.map(({ name }) => name);

const compared: Query = {
  ...kpiQuery,
  scope: { ...kpiQuery.scope, branches: branches.filter((name) => name !== '島根'), said: '島根以外の支部' },
  filter: [
    { type: 'compare', column: null, op: '>=', right: { type: 'number', value: 80, unit: '％' } },
    { type: 'compare', column: null, op: '<', right: { type: 'statistic', of: 'mean', branches } },
  ],
  compute: { type: 'count' },
};

/** As Slack hands values back. */
function entities(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

test('a query over all branches but one, held against all of them, fits a button and comes back whole', () => {
  const value = buttonValue(compared) ?? '';
  expect(value.length).toBeLessThanOrEqual(2_000);
  expect(questionOf(entities(value))).toEqual({ text: '', query: compared });
});

test('whatever a question is about, its value fits Slack and reads back, or there is none', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const query: Query = { ...EMPTY_QUERY, facts: 'passage', about: text.slice(0, 500) };
      const value = buttonValue(query);
      if (value === null) {
        expect(JSON.stringify(query.about).length).toBeGreaterThan(300);
        return;
      }
      expect(value.length).toBeLessThanOrEqual(2_000);
      expect(value).not.toMatch(/[&<>\u202e\p{Cc}]/u);
      expect(questionOf(entities(value)).query).toMatchObject({ facts: 'passage' });
    }),
  );
});

test.each(['東京支部の令和3年度のジェネリック医薬品使用割合は？', '{"facts":"weather"}', '{', ''])(
  'what an older version wrote in words is asked as words: %s',
  (words) => {
    expect(questionOf(words)).toEqual({ text: words });
    expect(describeQuestion(questionOf(words), catalogue)).toBe(words);
  },
);

test('a query reads in Japanese', () => {
  expect(describeQuestion({ text: '', query: kpiQuery }, catalogue)).toBe(
    '東京支部 令和3年度 ジェネリック医薬品使用割合の目標',
  );
});

test('menus leave out what was not chosen', () => {
  expect(chosenKpi(null, null, 'generic_rate').query).toEqual({
    ...EMPTY_QUERY,
    indicators: ['generic_rate'],
  });
});
