import type { Indicator, IndicatorId, Unit } from '../../model/indicator.ts';
import { plain } from '../lines.ts';
import type { Accepts } from './statements.ts';
import { type StatedTarget, splitProviso, withoutBrackets } from './target.ts';

interface Cue {
  indicator: Indicator;
  all: string[];
  none: string[];
  /** Length of the words that must occur: the longer cue says more. */
  weight: number;
}

/** A rate named without its subject (実施率, 被保険者の実施率): only what stands above it tells which. */
const BARE_NAME =
  /^(?:被保険者|被扶養者|加入者)?(?:の|に係る|分)?:?(?:年度末(?:時点)?の)?(?:この)?(?:(?:実施|受診|取得|回収|提出|達成|査定)率|使用割合)/;
/** 令和8年度は26.4%以上とする: what it is of, the sentence before has said. */
const NO_NAME = /^(?:\d|対?前年度以|(?:率|割合|数|額)[をにはが\d])/;
/** A rate of the insured and dependents together is neither's. */
const BOTH_GROUPS = /被保険者(?:及び|並びに|と|・|、|\+)被扶養者/g;
const GROUP_TOPIC = /^(被保険者|被扶養者)(?:については|は|も)、?.*$/;
const ITS_YEAR =
  /^(?:令和\d+年度末?(?:には|は|も|の)?|年度末(?:時点)?(?:において|では?|には?|の)?|今年度(?:は|も)?|当支部では|引き続き)[、,]?/;
/** 被扶養者8.0%以上, behind a clause that named the rate. */
const GROUP_FIGURE = /^(?:被保険者|被扶養者)(?:は|が|で)?\d/;
/** 検診車の巡回を増やし、: what a sentence tells before it comes to its target. */
const GOES_ON = /[がいてりしき]、$/;
/** What a KPI of one plan alone can be: a rate, a share, a number or an amount of something. */
const MEASURED_NAME = /.(?:率|割合|数|額|人員|件数|者)$/;
const OFFICES = new Set(['事業所', '社', '件']);
const GROUP = /被保険者|被扶養者/;

interface IndicatorContext {
  /** The first statement of the same KPI list. */
  blockHead: string | null;
  /** What the same paragraph says before it; null where it begins one. */
  before: string | null;
  /** 被保険者 or 被扶養者, where a label above the KPI says it. */
  group: string | null;
  /** Headings above it, outermost first. */
  headings: readonly string[];
}

export interface IndicatorNames {
  /** Id of the indicator that a statement is about; `other:…` where the catalogue has none. Null where it names none: 回収率, 26.4%以上. */
  recognise(statement: string, target: StatedTarget, context: IndicatorContext): IndicatorId | null;
  /** `other:` and the name that the statement itself gives, whatever the catalogue has. */
  ownName(statement: string, target: StatedTarget): IndicatorId;
  /** Whether a text that no mark opens states a KPI: it names an indicator, or some rate or number, and compares. */
  accepts: Accepts;
  /**
   * Id of the indicator that a name alone says, as in a table: its cues, else the name as the catalogue or staff
   * write it. Null where the catalogue has none.
   */
  named(name: string, value: NamedValue): IndicatorId | null;
}

/** What stands beside a name: a figure in some unit, or a deed. Null where nothing is known of it. */
interface NamedValue {
  unit: Unit | null;
  /** The counter as printed where it is none of our units: 機関, 会場. */
  counter: string | null;
  deed: boolean | null;
}

/** Reads the catalogue's `statement` cues once. */
export function indicatorNames(indicators: readonly Indicator[]): IndicatorNames {
  const cues = indicators.flatMap(readCues).sort((a, b) => b.weight - a.weight);

  /** What stands in brackets explains a name; it is read only where the name alone does not tell. */
  function find(stated: string, target: StatedTarget): Indicator | undefined {
    const text = stated.replace(BOTH_GROUPS, '');
    const fits = (named: string) =>
      cues.find(
        (cue) =>
          (cue.indicator.yardstick === 'milestone') === (target.op === 'do') &&
          canBeIn(cue.indicator, target) &&
          cue.all.every((word) => named.includes(word)) &&
          !cue.none.some((word) => text.includes(word)),
      )?.indicator;
    return fits(withoutBrackets(text)) ?? fits(text);
  }

  function recognise(statement: string, target: StatedTarget, context: IndicatorContext): IndicatorId | null {
    const { main: whole } = splitProviso(statement);
    const direct = find(whole, target);
    if (direct) return direct.id;
    const { told, main } = withoutLead(whole, target);
    const before = told === '' ? context.before : `${context.before ?? ''}${told}。`;
    const spoken = main.replace(GROUP_TOPIC, '$1');
    if (before !== null && (NO_NAME.test(main) || spoken !== main || target.op === 'do')) {
      const topic = find(
        `${spoken === main ? '' : spoken}${spoken === main ? before : subjectOf(before)}${main}`,
        target,
      );
      if (topic) return topic.id;
    }
    if (context.group && !GROUP.test(main)) {
      const grouped = find(context.group + main, target);
      if (grouped) return grouped.id;
    }
    if (BARE_NAME.test(main.replace(/^[「『]/, '')) || GROUP_FIGURE.test(main)) {
      const sentences = (before ?? '').split(/(?<=。)/).toReversed();
      const above = [context.blockHead ?? '', ...sentences, ...context.headings.toReversed()];
      for (const heading of above) {
        const named = heading === '' ? undefined : find(subjectOf(heading) + main, target);
        if (named) return named.id;
      }
    }
    if (context.blockHead && /^(?:委嘱|登録|宣言)/.test(main)) {
      const continued = find(subjectOf(context.blockHead) + main, target);
      if (continued) return continued.id;
    }
    return BARE_NAME.test(main) || NO_NAME.test(main) || /[はがも]、/.test(shortName(whole, target))
      ? null
      : ownName(statement, target);
  }

  function accepts(statement: string, target: StatedTarget): boolean {
    const { main } = splitProviso(statement);
    if (find(main, target) || GROUP_FIGURE.test(main)) return true;
    const { main: bare } = withoutLead(main, target);
    if (/以[上下内]/.test(main) && (NO_NAME.test(bare) || BARE_NAME.test(bare) || GROUP_TOPIC.test(bare)))
      return true;
    return (
      /以[上下内]|とする/.test(statement) && target.op !== 'do' && MEASURED_NAME.test(shortName(main, target))
    );
  }

  const exact = new Map(
    indicators.flatMap((indicator) =>
      [indicator.name, ...indicator.official.map(({ name }) => name), ...indicator.synonyms].map(
        (name): [string, Indicator] => [bareName(name), indicator],
      ),
    ),
  );

  function named(name: string, { unit, counter, deed }: NamedValue): IndicatorId | null {
    const fits = (indicator: Indicator) =>
      (deed === null || (indicator.yardstick === 'milestone') === deed) &&
      (counter === null || indicator.unit === null) &&
      (unit === null || indicator.unit === null || sameUnit(indicator.unit, unit)) &&
      (unit === null || indicator.yardstick !== 'milestone');
    const dense = plain(name).replace(/\s+/g, '').replace(BOTH_GROUPS, '');
    const own = exact.get(bareName(dense)) ?? exact.get(bareName(withoutBrackets(dense)));
    if (own && fits(own)) return own.id;
    const cued = (text: string) =>
      cues.find(
        ({ indicator, all, none }) =>
          fits(indicator) &&
          all.every((word) => text.includes(word)) &&
          !none.some((word) => dense.includes(word)),
      )?.indicator;
    return (cued(withoutBrackets(dense)) ?? cued(dense))?.id ?? null;
  }

  return { recognise, ownName, accepts, named };
}

/**
 * What a sentence tells before the clause that sets its target, where that clause is bare of a name:
 * 検診車の巡回を増やし、令和8年度の実施率は70.2%以上とする.
 */
function withoutLead(whole: string, { at }: StatedTarget): { told: string; main: string } {
  const bare = (text: string) => text.replace(ITS_YEAR, '').replace(ITS_YEAR, '');
  const seam = whole.slice(0, at).lastIndexOf('、') + 1;
  const main = bare(whole.slice(seam));
  return GOES_ON.test(whole.slice(0, seam)) && (BARE_NAME.test(main) || NO_NAME.test(main))
    ? { told: whole.slice(0, seam - 1), main }
    : { told: '', main: bare(whole) };
}

function ownName(statement: string, target: StatedTarget): IndicatorId {
  const { main } = splitProviso(statement);
  const base = /[（(]([^（()）]*ベース)[）)]/.exec(main)?.[1];
  return `other:${shortName(main, target)}${base ? `（${base}）` : ''}`;
}

function bareName(name: string): string {
  return plain(name).replace(/[\s・、,「」『』]|の(?=[率割実受])/g, '');
}

function sameUnit(one: Unit, other: Unit): boolean {
  const rates: readonly Unit[] = ['%', 'ポイント'];
  return (
    one === other ||
    (OFFICES.has(one) && OFFICES.has(other)) ||
    (rates.includes(one) && rates.includes(other))
  );
}

/** A number of people is no rate, and an amount is no number of offices. */
function canBeIn({ unit }: Indicator, target: StatedTarget): boolean {
  if (target.unit === null || unit === null || target.value === null) return true;
  return sameUnit(unit, target.unit);
}

function readCues(indicator: Indicator): Cue[] {
  return indicator.statement.map((entry) => {
    const words = plain(entry).split(/\s+/);
    const all = words.filter((word) => !word.startsWith('―') && !word.startsWith('-'));
    const none = words.filter((word) => /^[―-]/.test(word)).map((word) => word.slice(1));
    return { indicator, all, none, weight: all.join('').length };
  });
}

/** What a heading or statement is about, without the insured or dependents it names. */
function subjectOf(heading: string): string {
  return heading.replace(/被保険者|被扶養者/g, '').replace(/\d+(?:\.\d+)?%?以[上下]/g, '');
}

/** 被保険者の喫煙率 of 被保険者の喫煙率を38.28%以下とする. */
function shortName(main: string, target: StatedTarget): string {
  const bare = withoutBrackets(main);
  const end = bare.indexOf(target.text);
  const said = end > 0 ? bare.slice(0, end) : bare;
  const seam = said.lastIndexOf('、') + 1;
  const name = said
    .slice(GOES_ON.test(said.slice(0, seam)) ? seam : 0)
    .replace(/^.*(?:とともに|場合は?|しつつ|おいて)、/, '')
    .replace(/を(?:行う|実施する|推進する|図る)。?$/, '')
    .replace(/(?:令和)?\d*年度末?(?:時点|目標|まで)?(?:で|に)?$/, '')
    .replace(/(?:について|につき|に対し|を|は|が|も|の|:|、)+$/, '')
    .replace(/^(?:令和\d+年度(?:は|も|の)、?|・)+/, '')
    .replace(/^[「『]([^「」『』]+)[」』]?$/, '$1')
    .replace(/の(?=(?:実施|受診|取得|回収|提出|収録|達成)率$)/, '');
  return (name === '' ? bare : name).slice(0, 40);
}
