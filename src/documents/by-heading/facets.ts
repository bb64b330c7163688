import type { Branch } from '../../model/branch.ts';
import type { HeadingRole, HeadingWords } from '../../model/catalogue.ts';
import { type FiscalYear, fiscalYearFromWestern, fiscalYearOf } from '../../model/fiscal-year.ts';
import type { IndicatorId, Unit } from '../../model/indicator.ts';
import type { IndicatorNames } from '../kpi/indicator-names.ts';
import { PRINTED_UNITS, YEN } from '../kpi/target.ts';

/** What a heading, a label or a caption says of the figures below or beside it; null where it says nothing of that. */
export interface Facets {
  role: HeadingRole | null;
  fy: FiscalYear | null;
  /** It names more than one year, or one before 令和. */
  otherYears: boolean;
  /** A month or quarter of the year that the figure is of: 4月, 4~6月. */
  period: string | null;
  /** As printed: 9月末. */
  asOf: string | null;
  /** It says the end of the year, and nothing of whether that is reached or aimed at. */
  endOfYear: boolean;
  indicator: IndicatorId | null;
  branch: string | null;
  /** 被保険者 or 被扶養者, where that is all it says. */
  group: string | null;
  unit: Unit | null;
  /** Of amounts, in yen: 千円 is 1000. */
  scale: number | null;
}

export const NO_FACETS: Facets = {
  role: null,
  fy: null,
  otherYears: false,
  period: null,
  asOf: null,
  endOfYear: false,
  indicator: null,
  branch: null,
  group: null,
  unit: null,
  scale: null,
};

export interface FacetWords {
  headings: readonly HeadingWords[];
  names: IndicatorNames;
  branches: readonly Branch[];
  /** The document's own year, which 前年度 and 今年度 count from. */
  fy: FiscalYear | null;
}

const UNIT =
  /(?:単位\s*[:：]?\s*|[(（[]\s*(?:単位\s*[:：]?\s*)?)(%|ポイント|千円|百万円|万円|円|事業所|社|人|名|件|日)(?![^)）\]\s、・])[)）\]]?/;
/** A date is no year of its own: its day lies in one. */
const DATE =
  /(?:(?:令和|R)\s*(元|\d{1,2})|(20\d{2}))\s*[年./]\s*(\d{1,2})\s*(?:月|[./])\s*(?:\d{1,2}\s*日?|末)?/g;
const YEAR =
  /(?:(?:令和|R)\s*(元|\d{1,2})|(20\d{2})|(?<![\d.,])(\d{1,2}))\s*(?:[(（](?:\d{4}|令和\s*\S{1,2})[)）]\s*)?年度|(?:令和|R)\s*(元|\d{1,2})(?!\s*[年.\d])/g;
const BEFORE_REIWA = /(?:平成|昭和|H)\s*(?:元|\d{1,2})\s*(?:年|実績|目標|末|$)/;
const RELATIVE: readonly [RegExp, number][] = [
  [/前々年度?|一昨年度?/, -2],
  [/(?<!対)前年度?(?!度|以|比|同)|昨年度?(?!度|同)/, -1],
  [/今年度|本年度|当年度|当該年度/, 0],
  [/翌年度|次年度|来年度/, 1],
];
const PERIOD =
  /^(?:累計)?(?:第?[1-4]四半期|[1-4]Q|\d{1,2}\s*[~〜]\s*\d{1,2}月|\d{1,2}月)(?:分|まで|末|期|実績|累計)?$/;
const AS_OF = /(\d{1,2}月(?:末時点|末|時点|診療分|分まで|分)?|上半?期|下半?期|第?[1-4]四半期)/;
const GROUP = /^[(（【]?(被保険者|被扶養者)(?:分|数)?[)）】]?$/;

export function readFacets(text: string, { headings, names, branches, fy: own }: FacetWords): Facets {
  const dense = text.replace(/\s+/g, '');
  if (dense === '') return NO_FACETS;
  const unit = UNIT.exec(dense)?.[1];
  const bare = dense.replace(UNIT, '');
  const years = yearsIn(bare, own);
  const indicator = names.named(withoutYearWords(bare), { unit: null, counter: null, deed: null });
  const role = roleOf(bare, headings, indicator);
  const [fy = null] = years;
  return {
    role,
    fy: new Set(years).size === 1 ? fy : null,
    otherYears: new Set(years).size > 1 || BEFORE_REIWA.test(bare),
    period: PERIOD.test(withoutLastBrackets(bare)) ? bare : null,
    asOf: AS_OF.exec(bare)?.[1] ?? null,
    endOfYear: /^(?:令和\d+)?年度末(?:時点)?$/.test(bare),
    indicator,
    branch: branchNamed(bare, branches),
    group: GROUP.exec(bare)?.[1] ?? null,
    unit: unit === undefined ? null : (PRINTED_UNITS[unit] ?? null),
    scale: unit === undefined ? null : (YEN[unit] ?? null),
  };
}

const ROLES_OF_CAPTIONS: readonly (HeadingRole | null)[] = ['target', 'actual', 'forecast', 'reference'];
const SAYS_BOTH = /(?:目標|KPI|計画).*実績|実績.*(?:目標|KPI|計画)/;

/** Of several lines above a table the nearest says whose figures these are: of which year, and targets or actuals. */
export function captionFacets(caption: string, words: FacetWords): Facets {
  const lines = caption.split('\n').map((line) => ({ line, facets: readFacets(line, words) }));
  const dated = lines.findLast(({ facets: { fy, otherYears } }) => fy !== null || otherYears);
  const said = lines.findLast(({ facets: { role } }) => ROLES_OF_CAPTIONS.includes(role));
  return {
    ...readFacets(caption.slice(-80), words),
    fy: dated?.facets.fy ?? null,
    role: said && !SAYS_BOTH.test(said.line) ? said.facets.role : null,
  };
}

/** Looked for only where a bracket closes at the end: a line of opening ones would be read once for each of them. */
function withoutLastBrackets(text: string): string {
  return /[)）]$/.test(text) ? text.replace(/[(（].*$/, '') : text;
}

const WITHIN_A_NAME = /平均所要日数|達成状況|サービススタンダードの?達成率/;
/** Words of an indicator's own name are no role: 達成状況, 事業所数. Only what is plainly said beside it counts. */
const BESIDE_A_NAME = /目標|KPI|実績|見込|達成率|増減|全国|本部|順位|評価$|平均$|前年/;

function roleOf(
  text: string,
  headings: readonly HeadingWords[],
  indicator: IndicatorId | null,
): HeadingRole | null {
  const plain = indicator === null ? text : text.replace(WITHIN_A_NAME, '');
  if (indicator !== null && !BESIDE_A_NAME.test(plain)) return null;
  return headings.find(({ words }) => words.test(plain) || words.test(withoutYearWords(plain)))?.role ?? null;
}

/** 令和7年度目標 says 目標 of a year. */
export function withoutYearWords(text: string): string {
  return text
    .replace(DATE, '')
    .replace(YEAR, '')
    .replace(/[(（][)）]/g, '');
}

/** The fiscal years that a heading names, those of its dates among them. */
export function yearsIn(text: string, own: FiscalYear | null): FiscalYear[] {
  const years: FiscalYear[] = [];
  const rest = text.replace(DATE, (_, era, western, month) => {
    if (Number(month) >= 1 && Number(month) <= 12) {
      const year = western === undefined ? 2018 + eraNumber(era) : Number(western);
      years.push(fiscalYearOf({ year, month: Number(month), day: 1 }));
    }
    return '';
  });
  for (const [, era, western, bare, short] of rest.matchAll(YEAR)) {
    years.push(
      western === undefined ? eraNumber(era ?? bare ?? short ?? '') : fiscalYearFromWestern(Number(western)),
    );
  }
  if (years.length === 0 && own !== null) {
    for (const [words, offset] of RELATIVE) if (words.test(rest)) years.push(own + offset);
  }
  return [...new Set(years)].filter((fy) => fy >= 1 && fy <= 99);
}

function eraNumber(digits: string): number {
  return digits === '元' ? 1 : Number(digits);
}

/** The branch that a label is: 東京, 東京支部, 東京都. */
function branchNamed(text: string, branches: readonly Branch[]): string | null {
  const bare = text.replace(/^\d{1,2}[.\s]?/, '').replace(/^協会けんぽ|^全国健康保険協会/, '');
  return (
    branches.find(
      ({ name, prefecture }) =>
        bare === name ||
        bare === `${name}支部` ||
        (prefecture !== '' && (bare === prefecture || bare === `${prefecture}支部`)),
    )?.name ?? null
  );
}

/** Of two levels of headings the nearer says more; but what is a reference or a difference above is so below. */
export function below(upper: Facets, lower: Facets): Facets {
  const overruling = ['reference', 'derived', 'forecast', 'schedule', 'remark'];
  // 年度末時点 below 目標 is when the target is to be reached.
  const dated = upper.role === 'target' && lower.role === 'actual' && lower.endOfYear;
  const role =
    upper.role !== null && (dated || overruling.includes(upper.role) || lower.role === null)
      ? upper.role
      : lower.role;
  const said = Object.fromEntries(Object.entries(lower).filter(([, value]) => value !== null));
  const otherYears = lower.fy === null && (lower.otherYears || upper.otherYears);
  return { ...upper, ...said, role, otherYears };
}
