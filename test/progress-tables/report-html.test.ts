import { expect, test } from 'vitest';
import { reportHtml } from '../../src/progress-tables/report-html.ts';
import { HOSTILE, measure, planned, printed, reportOf } from './made-up-report.ts';

test('prints on A4 landscape with its head on every sheet', () => {
  const html = reportHtml(reportOf({ kpis: [printed('checkup_rate', 9, '5月時点')] }));
  expect(html).toContain('@page { size: A4 landscape;');
  expect(html).toContain('thead { display: table-header-group; }');
  expect(html).toContain('<html lang="ja">');
  expect(html.match(/<th scope="col">/g)).toHaveLength(9);
  expect(html).not.toMatch(/https?:/);
});

test('says what KPIs of a section share once', () => {
  const kpis = [
    printed('checkup_rate', 9, '5月時点'),
    printed('employer_data_rate', 3, '5月時点'),
    planned('sns', { section: ['2.広報'] }),
  ];
  const html = reportHtml(
    reportOf({ kpis, measures: [measure('①', { evaluation: '○', next: '案内を送る' })] }),
  );
  expect(html.match(/①案内を送る/g)).toHaveLength(1);
  expect(html.match(/rowspan="2"/g)).toHaveLength(2);
});

test('shows hostile words as words', () => {
  const kpis = HOSTILE.map((text) =>
    planned(`other:${text}`, {
      section: [text, text],
      target: { ...planned('sns').target, value: null, text },
    }),
  );
  const html = reportHtml(reportOf({ kpis }));
  const tags = [...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, tag]) => tag);
  expect(new Set(tags)).toEqual(
    new Set([
      'html',
      'head',
      'meta',
      'title',
      'style',
      'body',
      'h1',
      'p',
      'table',
      'colgroup',
      'col',
      'thead',
      'tr',
      'th',
      'tbody',
      'td',
      'br',
      'ul',
      'li',
    ]),
  );
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});
