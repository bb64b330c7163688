import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PLANS_FOLDER, plansPresent } from '../helpers/plans.ts';
import { freshFolder } from '../store/data-folder.ts';
import { planbot } from './command-line.ts';

interface Line {
  kind: string;
  branch: string;
  indicator: string | null;
  yardstick: string | null;
  actual: number | null;
  as_of: string | null;
  expected: number | null;
  target: number | null;
  gap: number | null;
  stage: string;
  text: string;
  source: { file: string; line: number } | null;
}

const KEYS = [
  'kind',
  'branch',
  'fy',
  'period',
  'indicator',
  'item',
  'yardstick',
  'actual',
  'as_of',
  'expected',
  'target',
  'gap',
  'due',
  'stage',
  'channel',
  'mentions',
  'key',
  'text',
  'source',
];

describe('planbot remind', () => {
  test('without documents it speaks of what planbot is delivered with', async () => {
    const { code, out } = await planbot([
      'remind',
      '--data',
      freshFolder(),
      '--at',
      '2025-07-31',
      '--dry-run',
      '--json',
    ]);
    expect(code).toBe(0);
    const lines: Line[] = out.map((line) => JSON.parse(line));
    // Those whose plan of the year is known: the others have nothing to report on.
    expect(new Set(lines.map(({ branch }) => branch))).toEqual(new Set(['宮城', '群馬', '東京', '神奈川']));
    for (const line of lines) expect(Object.keys(line)).toEqual(expect.arrayContaining(KEYS));
    expect(new Set(lines.map((line) => (line as Line & { key: string }).key)).size).toBe(lines.length);
  });

  test('a document of one branch takes nothing from the others, as in answers', async () => {
    const data = freshFolder();
    const file = join(data, '青森.txt');
    const table = '指標\t令和7年度目標\n生活習慣病予防健診実施率\t62.5％以上\n窓口での受付率\t3.0％以下\n';
    writeFileSync(file, `令和7年度 青森支部 事業計画\n全国健康保険協会青森支部\n\n${table}`);
    await planbot(['ingest', file, '--data', data]);
    const { out } = await planbot(['remind', '--data', data, '--at', '2025-07-31', '--dry-run', '--json']);
    const lines: Line[] = out.map((line) => JSON.parse(line));
    const awaited = lines.filter(({ kind }) => kind === 'report_overdue').map(({ branch }) => branch);
    expect(awaited).toEqual(expect.arrayContaining(['青森', '群馬', '宮城']));
    const { out: answer } = await planbot(['ask', '群馬支部の令和7年度のKPIは？', '--data', data]);
    expect(answer.join('\n')).toContain('群馬支部');
  });

  test('a dry run writes nothing: the next one says the same', async () => {
    const args = ['remind', '--data', freshFolder(), '--at', '2025-07-31', '--dry-run'];
    const first = await planbot(args);
    expect((await planbot(args)).out).toEqual(first.out);
  });

  test('a dry run before anybody is registered asks for nothing that was due before, and counts what it lists', async () => {
    const { out } = await planbot(['remind', '--data', freshFolder(), '--at', '2025-08-12', '--dry-run']);
    expect(out.join('\n')).not.toContain('第1四半期の実施状況報告');
    const listed = (branch: string) => {
      const from = out.findIndex((line) => line.startsWith(`${branch}支部あて`)) + 1;
      const to = out.findIndex((line, at) => at >= from && !line.startsWith('・'));
      return out.slice(from, to < 0 ? undefined : to).length;
    };
    const counted = out.flatMap((line) => {
      const [, branch = '', count] = /^・(.+)支部に知らせることが(\d+)件/.exec(line) ?? [];
      return count === undefined ? [] : [[branch, Number(count)] as const];
    });
    expect(counted.length).toBeGreaterThan(0);
    expect(counted).toEqual(counted.map(([branch]) => [branch, listed(branch)]));
  });

  test('a dry run says for whom: the branch, the head office, or nobody yet', async () => {
    const data = freshFolder();
    const owners = join(data, 'owners.csv');
    writeFileSync(
      owners,
      '支部,チャンネル,主担当,副担当\n東京,C0TOKYO01,U0REPORT1,S0TOKYO01\n本部,C0HONBU01,U0ADMIN01,\n',
    );
    await planbot(['import', owners, '--data', data]);
    const { out } = await planbot(['remind', '--data', data, '--at', '2025-08-12', '--dry-run']);
    const recipients = out.filter((line) => !line.startsWith('・'));
    expect(recipients).toEqual(
      expect.arrayContaining([
        '東京支部あて（C0TOKYO01、U0REPORT1、S0TOKYO01）',
        '本部あて（C0HONBU01、U0ADMIN01）',
        '宮城支部あて（担当者とチャンネルの登録がありません）',
      ]),
    );
    expect(new Set(recipients).size).toBe(recipients.length);
    const office = out.slice(out.indexOf('本部あて（C0HONBU01、U0ADMIN01）') + 1);
    expect(office[0]).toMatch(/^・/);
  });

  test('nothing is sent without a token, and it says what is missing', async () => {
    const { code, err } = await planbot(['remind', '--data', freshFolder()]);
    expect(code).toBe(1);
    expect(err.join('\n')).toContain('SLACK_BOT_TOKEN');
  });

  test.each([[['remind', 'x']], [['remind', '--at', 'きのう', '--dry-run']]])(
    '%j is wrong use',
    async (args) => {
      expect((await planbot([...args, '--data', freshFolder()])).code).toBe(2);
    },
  );
});

describe.runIf(plansPresent('東京の実施状況のお知らせ'))('the report of 東京 at 2025-07-31', () => {
  test('lists the figures that are behind as a person computes them', async () => {
    const data = freshFolder();
    await planbot(['ingest', '--data', data, join(PLANS_FOLDER, '004_c50fe7c338612cf8.txt')]);
    const { out } = await planbot(['remind', '--data', data, '--at', '2025-07-31', '--dry-run', '--json']);
    const lines: Line[] = out.map((line) => JSON.parse(line));
    const behind = lines.filter(({ kind }) => kind === 'kpi_behind');
    const month = (n: number) => `${n}月時点`;
    const figures = behind.map(({ indicator, yardstick, actual, as_of, target, expected, gap }) => [
      indicator,
      yardstick,
      actual,
      as_of,
      target,
      expected,
      gap,
    ]);
    const close = (value: number) => expect.closeTo(value, 5);
    expect(figures).toEqual([
      ['employer_data_rate', 'cumulative', 0.1, month(5), 3.9, close((3.9 * 2) / 12), close(0.55)],
      ['guidance_dependents', 'cumulative', 0.7, month(5), 9.9, close((9.9 * 2) / 12), close(0.95)],
      ['dependents_checkup', 'cumulative', 3.4, month(5), 33.6, close((33.6 * 2) / 12), close(2.2)],
      ['reexam_amount', 'level', 12_850, month(4), 15_003, 15_003, 15_003 - 12_850],
      ['guidance_insured', 'cumulative', 2.1, month(5), 14.3, close((14.3 * 2) / 12), close(0.28333)],
      ['counter_rate', 'level', 2.1, month(5), 1.9, 1.9, close(2.1 - 1.9)],
      ['assessment_rate', 'level', 0.069, month(4), 0.077, 0.077, close(0.077 - 0.069)],
      [
        'committee_coverage',
        'stock',
        40.12,
        month(5),
        41,
        close(40.39 + ((41 - 40.39) * 2) / 12),
        close(0.37167),
      ],
    ]);
    expect(lines.filter(({ kind, branch }) => kind === 'report_overdue' && branch === '東京')).toEqual([]);
    expect(lines.filter(({ kind }) => kind === 'budget_over')).toEqual([
      expect.objectContaining({ actual: 12_980_000, target: 12_573_000, gap: 407_000 }),
    ]);
    const promised = lines.filter(({ kind }) => kind.startsWith('commitment'));
    const stages = promised.map(({ kind, stage }) => `${kind} ${stage}`).sort();
    expect(stages).toEqual([
      // All that the quarter holds is told at once; what was due before anybody is in charge is not.
      ...Array(15).fill('commitment_due due'),
      ...Array(5).fill('commitment_due monthly'),
    ]);
  });
});
