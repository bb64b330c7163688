import fc from 'fast-check';
import { type DocumentForm, type FormCell, formBuilder } from '../../src/documents/formats/form.ts';

/** A figure that a made-up table states, with what its place says of it. */
export interface StatedFigure {
  branch: string;
  fy: number;
  indicator: string;
  role: 'target' | 'actual';
  value: number;
  printed: string;
}

export interface MadeUpTable {
  title: string;
  caption: string;
  rows: FormCell[][];
  figures: StatedFigure[];
}

interface Name {
  id: string;
  name: string;
  unit: '%' | '事業所' | '円' | '日';
  /** As offices abbreviate it at the head of a column. */
  short: string;
  from: number;
  to: number;
}

const NAMES: readonly Name[] = [
  {
    id: 'checkup_rate',
    name: '生活習慣病予防健診実施率',
    short: '生活習慣病\n予防健診実施率',
    unit: '%',
    from: 50,
    to: 72,
  },
  {
    id: 'employer_data_rate',
    name: '事業者健診データ取得率',
    short: '事業者健診\nデータ取得率',
    unit: '%',
    from: 4,
    to: 14,
  },
  {
    id: 'dependents_checkup',
    name: '被扶養者の特定健診実施率',
    short: '特定健診実施率\n（被扶養者）',
    unit: '%',
    from: 22,
    to: 40,
  },
  {
    id: 'guidance_insured',
    name: '被保険者の特定保健指導実施率',
    short: '特定保健指導実施率\n（被保険者）',
    unit: '%',
    from: 15,
    to: 38,
  },
  {
    id: 'guidance_dependents',
    name: '被扶養者の特定保健指導実施率',
    short: '特定保健指導実施率（被扶養者）',
    unit: '%',
    from: 10,
    to: 25,
  },
  {
    id: 'claim_recovery',
    name: '返納金債権の回収率',
    short: '返納金債権\n回収率',
    unit: '%',
    from: 45,
    to: 70,
  },
  {
    id: 'generic_rate',
    name: 'ジェネリック医薬品使用割合',
    short: 'ジェネリック\n使用割合',
    unit: '%',
    from: 78,
    to: 92,
  },
  {
    id: 'declaration_offices',
    name: '健康宣言事業所数',
    short: '健康宣言\n事業所数',
    unit: '事業所',
    from: 800,
    to: 5200,
  },
  {
    id: 'committee_offices',
    name: '健康保険委員の委嘱事業所数',
    short: '健康保険委員\n委嘱事業所数',
    unit: '事業所',
    from: 2000,
    to: 9000,
  },
  {
    id: 'reexam_amount',
    name: '再審査レセプト1件当たりの査定額',
    short: '再審査1件当たり\n査定額',
    unit: '円',
    from: 5000,
    to: 9900,
  },
];
const BRANCHES = ['青森', '岩手', '宮城', '秋田', '山形', '福島', '新潟', '長野'];

type Role = 'target' | 'actual' | 'forecast';
interface Of {
  role: Role;
  fy: number;
}

const FY = 8;
const ROLE_WORDS: Record<Role, readonly string[]> = {
  target: ['目標', '目標値', '数値目標', 'KPI', '目標（案）', '支部目標'],
  actual: ['実績', '実績値', '実績（確定）', '結果'],
  forecast: ['見込', '着地見込', '実績見込', '年度末見込'],
};
/** What stands beside the figures of a KPI and is none of them. */
const ASIDES: readonly { heading: string; cell: (name: Name, at: number) => string }[] = [
  { heading: '備考', cell: (_, at) => (at % 2 ? '' : '40歳以上が対象') },
  { heading: '担当', cell: () => '保健グループ' },
  { heading: '全国平均', cell: ({ from, unit }) => figureText(from, unit, 'cell') },
  { heading: '全国順位', cell: (_, at) => `${at + 11}位` },
  { heading: '増減', cell: (_, at) => `+${at}.3` },
  { heading: '評価', cell: (_, at) => ['○', '△', '×'][at % 3] ?? '○' },
  { heading: '達成率', cell: (_, at) => `9${at % 10}.${at % 7}%` },
];
/** What offices write into a heading and no catalogue foresees. */
const ADORNED = ['', '', '', '（理事会決定）', '※1', '(A)', '【暫定】', '（40歳以上）'];
const UNITS = ['cell', 'heading', 'column', 'none'] as const;
type UnitPlace = (typeof UNITS)[number];

function figureText(value: number, unit: Name['unit'], place: UnitPlace): string {
  const digits = unit === '%' ? value.toFixed(1) : value.toLocaleString('en-US');
  return place === 'cell' ? `${digits}${unit}` : digits;
}

const seeds = fc.record({
  names: fc.shuffledSubarray([...NAMES], { minLength: 3, maxLength: 6 }),
  branches: fc.shuffledSubarray(BRANCHES, { minLength: 4, maxLength: 7 }),
  of: fc.shuffledSubarray<Of>(
    [
      { role: 'target', fy: FY },
      { role: 'target', fy: FY - 1 },
      { role: 'forecast', fy: FY - 1 },
      { role: 'actual', fy: FY - 1 },
      { role: 'actual', fy: FY - 2 },
    ],
    { minLength: 2, maxLength: 4 },
  ),
  words: fc.record({
    target: fc.constantFrom(...ROLE_WORDS.target),
    actual: fc.constantFrom(...ROLE_WORDS.actual),
    forecast: fc.constantFrom(...ROLE_WORDS.forecast),
  }),
  year: fc.constantFrom('令和N年度', 'RN', '令和N年度\n', 'N年度'),
  order: fc.constantFrom('year first', 'role first'),
  headings: fc.constantFrom('one row', 'years above', 'roles above'),
  adorned: fc.constantFrom(...ADORNED),
  units: fc.constantFrom(...UNITS),
  asides: fc.shuffledSubarray([...ASIDES], { maxLength: 3 }),
  numbered: fc.boolean(),
  grouped: fc.boolean(),
  compared: fc.boolean(),
  shifts: fc.array(fc.nat(997), { minLength: 40, maxLength: 40 }),
  shape: fc.constantFrom(
    'names down',
    'branches down',
    'branches and roles',
    'names and roles',
    'names across',
  ),
});
type Seed = typeof seeds extends fc.Arbitrary<infer T> ? T : never;

export const madeUpTables: fc.Arbitrary<MadeUpTable> = seeds.map(tableOf);

function tableOf(seed: Seed): MadeUpTable {
  const figures: StatedFigure[] = [];
  let count = 0;
  const cell = (name: Name, of: Of, branch: string, place: UnitPlace): FormCell => {
    const shift = (seed.shifts[count++ % seed.shifts.length] ?? 0) / 997;
    const exact = name.from + (name.to - name.from) * shift + count / 10;
    const value = name.unit === '%' ? Number(exact.toFixed(1)) : Math.round(exact);
    const printed = `${figureText(value, name.unit, place)}${of.role === 'target' && seed.compared ? '以上' : ''}`;
    if (of.role !== 'forecast')
      figures.push({ branch, fy: of.fy, indicator: name.id, role: of.role, value, printed });
    return { text: printed };
  };
  const shapes = {
    'names down': () => namesDown(seed, cell),
    'branches down': () => branchesDown(seed, cell),
    'branches and roles': () => branchesAndRoles(seed, cell),
    'names and roles': () => namesAndRoles(seed, cell),
    'names across': () => namesAcross(seed, cell),
  };
  return { ...shapes[seed.shape](), figures };
}

type CellOf = (name: Name, of: Of, branch: string, place: UnitPlace) => FormCell;
type Drawn = Pick<MadeUpTable, 'title' | 'caption' | 'rows'>;

function yearText({ year }: Seed, fy: number): string {
  return year.replace('N', String(fy));
}

function headingOf(seed: Seed, of: Of): string {
  const [year, role] = [yearText(seed, of.fy), seed.words[of.role]];
  return seed.order === 'year first' || !year.startsWith('令和')
    ? `${year}${role}`
    : `${role}（${year.trim()}）`;
}

const OWN = '青森';
const text = (own: string): FormCell => ({ text: own });
const unitOf = (name: Name, place: UnitPlace) =>
  place === 'heading' ? `${name.name}（${name.unit}）` : name.name;

/** Indicators below one another, what is known of each beside it. */
function namesDown(seed: Seed, cell: CellOf): Drawn {
  const { names, asides, numbered, grouped, headings, adorned } = seed;
  const place = seed.units === 'none' ? 'cell' : seed.units;
  const lead = [
    ...(numbered ? ['No.'] : []),
    ...(grouped ? ['分野'] : []),
    '指標',
    ...(place === 'column' ? ['単位'] : []),
  ];
  const of =
    headings === 'years above'
      ? sorted(seed.of, ({ fy }) => fy)
      : headings === 'roles above'
        ? sorted(seed.of, ({ role }) => role)
        : seed.of;
  const rows: FormCell[][] = [];
  if (headings === 'one row') {
    rows.push(
      [
        ...lead,
        ...of.map((own, at) => headingOf(seed, own) + (at === 0 ? adorned : '')),
        ...asides.map(({ heading }) => heading),
      ].map(text),
    );
  } else {
    const above = ({ fy, role }: Of) => (headings === 'years above' ? yearText(seed, fy) : seed.words[role]);
    const below = ({ fy, role }: Of) => (headings === 'years above' ? seed.words[role] : yearText(seed, fy));
    rows.push([
      ...lead.map((own) => ({ text: own, rowSpan: 2 })),
      ...runs(of.map(above)).map(({ text: own, length }) => ({ text: own, columnSpan: length })),
      ...asides.map(({ heading }) => ({ text: heading, rowSpan: 2 })),
    ]);
    rows.push(of.map((own, at) => text(below(own) + (at === 0 ? adorned : ''))));
  }
  for (const [at, name] of names.entries()) {
    rows.push([
      ...(numbered ? [text(String(at + 1))] : []),
      ...(grouped && at === 0 ? [{ text: '戦略的保険者機能', rowSpan: names.length }] : []),
      text(unitOf(name, place)),
      ...(place === 'column' ? [text(name.unit)] : []),
      ...of.map((own) => cell(name, own, OWN, place)),
      ...asides.map((aside) => text(aside.cell(name, at))),
    ]);
  }
  return { title: `令和${FY}年度 ${OWN}支部 KPI一覧`, caption: '主な指標', rows };
}

/** Branches below one another, indicators beside one another, all of one role and year. */
function branchesDown(seed: Seed, cell: CellOf): Drawn {
  const { names, branches, grouped, numbered, adorned } = seed;
  const [of] = seed.of.filter(({ role }) => role !== 'forecast');
  const own = of ?? { role: 'target', fy: FY };
  const place = seed.units === 'column' ? 'cell' : seed.units;
  const lead = [...(numbered ? ['No.'] : []), ...(grouped ? ['ブロック'] : []), '支部'];
  const aside = adorned === '（40歳以上）' ? ['40歳以上加入者数（人）'] : [];
  const rows: FormCell[][] = [
    [
      ...lead.map(text),
      ...aside.map(text),
      ...names.map((name) => text(`${name.short}${place === 'heading' ? `（${name.unit}）` : ''}`)),
    ],
  ];
  for (const [at, branch] of branches.entries()) {
    rows.push([
      ...(numbered ? [text(String(at + 1))] : []),
      ...(grouped && at === 0 ? [{ text: '北日本', rowSpan: branches.length }] : []),
      text(branch),
      ...aside.map(() => text(`${211 + at},${420 + at}`)),
      ...names.map((name) => cell(name, own, branch, place)),
    ]);
  }
  rows.push([
    ...lead.slice(1).map(() => text('')),
    text('全国'),
    ...aside.map(() => text('')),
    ...names.map(({ from, unit }) => text(figureText(from, unit, place))),
  ]);
  return { title: `令和${FY}年度 支部別KPI一覧`, caption: `令和${own.fy}年度${seed.words[own.role]}`, rows };
}

/** Branches below one another; over each indicator's columns stands its name, over each of them what it is. */
function branchesAndRoles(seed: Seed, cell: CellOf): Drawn {
  const { branches, grouped } = seed;
  const names = seed.names.slice(0, 3);
  const place = seed.units === 'column' ? 'cell' : seed.units;
  const rows: FormCell[][] = [
    [
      ...(grouped ? [{ text: 'ブロック', rowSpan: 2 }] : []),
      { text: '支部名', rowSpan: 2 },
      ...names.map((name) => ({
        text: `${name.short}${place === 'heading' ? `（${name.unit}）` : ''}`,
        columnSpan: seed.of.length,
      })),
    ],
    names.flatMap(() => seed.of.map((of) => text(headingOf(seed, of)))),
  ];
  for (const [at, branch] of branches.entries()) {
    rows.push([
      ...(grouped && at === 0 ? [{ text: '北日本', rowSpan: branches.length }] : []),
      text(`${branch}支部`),
      ...names.flatMap((name) => seed.of.map((of) => cell(name, of, branch, place))),
    ]);
  }
  return { title: `令和${FY}年度 支部別KPI一覧`, caption: '支部別の目標と実績', rows };
}

/** Each indicator has rows of its own: 目標, 実績, 見込, with the years beside one another. */
function namesAndRoles(seed: Seed, cell: CellOf): Drawn {
  const { names, numbered } = seed;
  const place = seed.units === 'column' ? 'cell' : seed.units === 'none' ? 'cell' : seed.units;
  const years = [...new Set(seed.of.map(({ fy }) => fy))];
  const roles = [...new Set(seed.of.map(({ role }) => role))];
  const rows: FormCell[][] = [
    [...(numbered ? ['No.'] : []), '指標', '区分', ...years.map((fy) => yearText(seed, fy))].map(text),
  ];
  for (const [at, name] of names.entries()) {
    for (const [nth, role] of roles.entries()) {
      rows.push([
        ...(nth === 0
          ? [...(numbered ? [String(at + 1)] : []), unitOf(name, place)].map((own) => ({
              text: own,
              rowSpan: roles.length,
            }))
          : []),
        text(seed.words[role]),
        ...years.map((fy) =>
          seed.of.some((of) => of.fy === fy && of.role === role)
            ? cell(name, { role, fy }, OWN, place)
            : text('―'),
        ),
      ]);
    }
  }
  return { title: `令和${FY}年度 ${OWN}支部 KPI一覧`, caption: '目標と実績の推移', rows };
}

/** Indicators beside one another, what each figure is below one another. */
function namesAcross(seed: Seed, cell: CellOf): Drawn {
  const { names } = seed;
  const place = seed.units === 'column' ? 'cell' : seed.units;
  const rows: FormCell[][] = [
    ['区分', ...names.map((name) => `${name.short}${place === 'heading' ? `（${name.unit}）` : ''}`)].map(
      text,
    ),
    ...seed.of.map((of) => [text(headingOf(seed, of)), ...names.map((name) => cell(name, of, OWN, place))]),
  ];
  return { title: `令和${FY}年度 ${OWN}支部 KPI一覧`, caption: '主な指標の推移', rows };
}

function sorted(of: readonly Of[], by: (own: Of) => string | number): Of[] {
  const order = [...new Set(of.map(by))];
  return [...of].sort((a, b) => order.indexOf(by(a)) - order.indexOf(by(b)));
}

function runs(texts: readonly string[]): { text: string; length: number }[] {
  const found: { text: string; length: number }[] = [];
  for (const own of texts) {
    const last = found.at(-1);
    if (last?.text === own) last.length++;
    else found.push({ text: own, length: 1 });
  }
  return found;
}

/** The table as a Word or Excel file gives it, below its title. */
export function formOf({ title, caption, rows }: MadeUpTable): DocumentForm {
  const builder = formBuilder();
  builder.paragraph(title);
  builder.paragraph('');
  builder.paragraph(caption);
  builder.table(rows);
  return builder.build();
}

/** The same with tabs, where a merged cell stands at its first place. */
export function textOf({ title, caption, rows }: MadeUpTable): string {
  const free: number[] = [];
  const lines = rows.map((cells, row) => {
    const out: string[] = [];
    let column = 0;
    for (const { text: own, columnSpan = 1, rowSpan = 1 } of cells) {
      while ((free[column] ?? 0) > row) column++;
      out[column] = own.replaceAll('\n', '');
      for (let at = column; at < column + columnSpan; at++) free[at] = row + rowSpan;
      column += columnSpan;
    }
    return Array.from(out, (own) => own ?? '').join('\t');
  });
  return [title, '', caption, ...lines, ''].join('\n');
}
