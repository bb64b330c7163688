import { formatNumber } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Count } from '../model/measure.ts';
import type { Query } from '../model/query.ts';
import { answered } from './card.ts';
import { countFact, differenceText, rowOf } from './fact.ts';
import { type Sources, shortNameOf } from './sources.ts';

/** What plans say beside a target in their text: 被保険者（対象者数：21,917人） 特定保健指導 実施率 40.7％（実施見込者数：8,910人）. */
interface Planned {
  indicator: IndicatorId;
  entitled: number | null;
  expected: number;
  /** As printed: 40.7%. */
  rate: string | null;
  branch: string;
  fy: FiscalYear;
  source: Count['source'];
}

interface Persons {
  of: string;
  entitled: number;
  /** The document, year and chapter: a heading holds no further. */
  within: string;
  isGuidance: boolean;
}

/** Passages of a branch that are looked at. */
const LOOKED_AT = 40;
const WORDS =
  '対象者数 実施見込者数 取得見込者数 特定保健指導 生活習慣病予防健診 事業者健診データ 特定健康診査';

const PERSONS = /(被保険者|被扶養者)(?:\(\d+歳以上\))?\(((?:受診|実施|特定保健指導)?対象者数):?([\d,]+)人\)/;
const EXPECTED =
  /(生活習慣病予防健診|事業者健診データ|特定健康診査|特定健診|特定保健指導)?(?:の)?(?:実施率|取得率|受診率)?([\d.]+%)?(?:以上)?(?:とする)?\(?(?:実施|取得|受診)?見込者数:?([\d,]+)人\)?(?:\(([\d.]+%)\))?/;
const STATED = new RegExp(`${PERSONS.source}|${EXPECTED.source}`, 'g');

function indicatorOf(measure: string, persons: string | null): IndicatorId | null {
  if (measure === '生活習慣病予防健診') return 'checkup_rate';
  if (measure === '事業者健診データ') return 'employer_data_rate';
  if (measure === '特定健康診査' || measure === '特定健診') return 'dependents_checkup';
  if (persons === null) return null;
  return persons === '被扶養者' ? 'guidance_dependents' : 'guidance_insured';
}

function numberOf(text: string): number {
  return Number(text.replace(/,/g, ''));
}

/** The persons that a branch's plans name as entitled and as expected, in document order. */
export function plannedOf(branch: string, fys: readonly FiscalYear[], { passages }: Sources): Planned[] {
  const hits = passages.search({
    text: WORDS,
    branches: [branch],
    limit: LOOKED_AT,
    ...(fys.length > 0 ? { fys } : {}),
  });
  const places = hits
    .map(({ passage }) => passage)
    .sort((a, b) => a.file.localeCompare(b.file) || a.fy - b.fy || a.from - b.from || a.to - b.to);
  const found = new Map<string, Planned>();
  let persons = null as Persons | null;
  for (const { text, section, fy, file, title, page, from } of places) {
    const within = `${file}|${fy}|${section.slice(0, 2).join('>')}`;
    if (persons?.within !== within) persons = null;
    const folded = text.normalize('NFKC').replace(/\s+/g, '');
    let end = 0;
    for (const match of folded.matchAll(STATED)) {
      const [, who, label = '', entitled, measure, rate, expected, rateBehind] = match;
      if (who !== undefined && entitled !== undefined) {
        const isGuidance = /保健指導/.test(label) || section.some((heading) => /保健指導/.test(heading));
        persons = { of: who, entitled: numberOf(entitled), within, isGuidance };
        end = match.index + match[0].length;
        continue;
      }
      // A part by itself is one of a breakdown, unless it stands right behind its persons.
      const isBare = measure === undefined;
      if (
        expected === undefined ||
        (isBare && (persons === null || match.index !== end || !persons.isGuidance))
      )
        continue;
      const indicator = indicatorOf(measure ?? '特定保健指導', persons?.of ?? null);
      if (indicator === null) continue;
      const key = `${fy}|${indicator}`;
      if (found.has(key)) continue;
      found.set(key, {
        indicator,
        entitled: persons?.entitled ?? null,
        expected: numberOf(expected),
        rate: rate ?? rateBehind ?? null,
        branch,
        fy,
        source: { file, title, page, line: from },
      });
    }
  }
  return [...found.values()];
}

const ASKS_ENTITLED = /対象/;
const ASKS_EXPECTED = /見込|予定/;
const ASKS_PERSONS = /何人|何名|人数/;

/** 対象者数 and 見込者数 of one branch's plans, over the years asked; null where the text names none. */
export function answerPlanned(query: Query, sources: Sources): Answer | null {
  const { scope, indicators, compute, order, filter, about, columns } = query;
  const [branch, ...others] = scope.branches;
  if (branch === undefined || others.length > 0 || indicators.length === 0) return null;
  if (order !== null || filter.length > 0 || columns.includes('actual') || scope.months.length > 0)
    return null;
  const words = about.normalize('NFKC');
  const entitled = ASKS_ENTITLED.test(words);
  const expected = ASKS_EXPECTED.test(words);
  // 「画面越しの保健指導を1日何人」 asks for another number of persons than a plan's for the year.
  const things = words.split(' ').filter((word) => !ASKS_PERSONS.test(word));
  const isYears = query.facts === 'count' && ASKS_PERSONS.test(words) && things.length < 2;
  if (!entitled && !expected && !isYears) return null;
  const own = plannedOf(branch, scope.fys, sources).filter(({ indicator }) => indicators.includes(indicator));
  const years = [...new Set(own.map(({ fy }) => fy))].sort((a, b) => a - b);
  const wanted = scope.fys.length > 0 || compute?.type === 'change' ? years : years.slice(-1);
  if (scope.fys.some((fy) => !years.includes(fy))) return null;
  const shown = indicators
    .flatMap((id) => own.filter(({ indicator, fy }) => indicator === id && wanted.includes(fy)))
    .filter((planned) => !entitled || expected || planned.entitled !== null);
  const [first] = shown;
  if (first === undefined) return null;
  const which = entitled && !expected ? 'entitled' : 'expected';
  const name = (id: IndicatorId) => shortNameOf(sources.catalogue, id);
  const headlines =
    wanted.length < 2
      ? []
      : indicators.flatMap((id) => {
          const [from, to] = [0, -1].map((at) => shown.filter(({ indicator }) => indicator === id).at(at));
          const [before, after] = [from?.[which] ?? null, to?.[which] ?? null];
          if (from === undefined || to === undefined || from === to || before === null || after === null)
            return [];
          const gap = after - before;
          return [
            `${name(id)}の${which === 'entitled' ? '対象者数' : '見込者数'}は、${formatFiscalYear(from.fy)}の${formatNumber(before)}人から${formatFiscalYear(to.fy)}の${formatNumber(after)}人へ、${differenceText(gap, '人')}${gap > 0 ? '増えています' : gap < 0 ? '減っています' : '（同じ）です'}（${formatNumber(after)} − ${formatNumber(before)}）。`,
          ];
        });
  const counts = shown.flatMap((planned): Count[] =>
    [['対象者数', planned.entitled] as const, ['見込者数', planned.expected] as const].flatMap(
      ([label, value]) =>
        value === null
          ? []
          : [
              {
                branch,
                fy: planned.fy,
                table: name(planned.indicator),
                label,
                period: '年間',
                value,
                unit: '人',
                text: `${formatNumber(value)}人`,
                asOf: null,
                source: planned.source,
              },
            ],
    ),
  );
  return answered({
    topic: 'progress',
    title: `${formatBranch(branch)} ${wanted.map(formatFiscalYear).join('・')} 計画の${entitled && !expected ? '対象者数' : expected && !entitled ? '見込者数' : '対象者数・見込者数'}`,
    headline: headlines.length === 0 ? null : headlines.join(''),
    lines: shown.map(
      (planned) =>
        `・${formatFiscalYear(planned.fy)} ${name(planned.indicator)}：${planned.entitled === null ? '' : `対象者数 ${formatNumber(planned.entitled)}人、`}見込者数 ${formatNumber(planned.expected)}人${planned.rate === null ? '' : `（${planned.rate.replace('%', '％')}）`}（${planned.source.line}行目）`,
    ),
    notes: [
      '計画の文に示されている見込みです。実績ではありません。',
      scope.fys.length === 0 ? `${formatFiscalYear(first.fy)}の資料でお答えしました。` : null,
      indicators.length > 1 && !query.sure ? 'お尋ねの言葉に当たる指標をあわせて示しました。' : null,
    ],
    rows: counts.map((count) => rowOf(countFact(count))),
  });
}
