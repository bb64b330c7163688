import { foldText } from '../japanese/fold.ts';
import { compact } from '../japanese/normalize.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { PassageHit } from '../model/passage.ts';
import type { QuestionOf } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import { choice, notFound } from './card.ts';
import { nameOf, type Sources } from './look-up.ts';
import { nearestKpis } from './nearest-kpis.ts';
import { overlaps } from './overlap.ts';
import { answerHits, searchPassages } from './passages.ts';

/** Said plainly, with the nearest that exists. */
export async function answerUnknown(question: QuestionOf<'unknown'>, sources: Sources): Promise<Answer> {
  const { catalogue, knowledge } = sources;
  const { branches, fy, what } = question;
  const where = branches.length === 0 ? '' : `${branches.map(formatBranch).join('、')}の`;
  if (what === 'fact')
    return notFound(
      `${where}資料にお尋ねの情報はありません。planbotがお答えできるのは、事業計画と実施状況に書かれたことです。`,
    );
  const parts = await knowledge.parts();
  const own = branches.length === 0 ? parts : parts.filter((part) => branches.includes(part.branch));
  if (what === 'year') {
    const years = [...new Set(own.map((part) => part.fy))].sort((a, b) => a - b).map(formatFiscalYear);
    const there = years.length === 0 ? '' : `資料があるのは${years.join('、')}です。`;
    return notFound(`${where}その年度の資料はありません。${there}`);
  }
  const stated = statedIn(question, sources);
  if (stated !== null) return stated;
  const [branch] = branches;
  if (branch === undefined)
    return notFound(
      'お尋ねの指標は資料にありません。「KPIの一覧」と支部名でお尋ねになると、資料にある指標をお見せします。',
    );
  const all = (await knowledge.kpis({ branches: [branch] })).filter((kpi) => fy === null || kpi.fy === fy);
  const { kpis, list } = nearestKpis(catalogue, all, foldText(question.about));
  return notFound(
    `${where}お尋ねの指標や数値は資料にありません。${list === '' ? '' : `近いKPIは${list}です。`}`,
    kpis.map((kpi) =>
      choice(
        nameOf(catalogue, kpi.indicator),
        formatQuestion(
          { kind: 'figure', branch, fy: kpi.fy, indicators: [kpi.indicator], aspect: 'all' },
          catalogue,
        ),
      ),
    ),
  );
}

/** A compound that names a quantity: 支給件数, がん検診の受診率. */
const QUANTITY =
  /(?:[一-龠々ァ-ヶーA-Za-z]+の)?[一-龠々ァ-ヶーA-Za-z]*(?:率|割合|件数|人数|者数|回数|日数|友だち数|数|額|費)/g;

export function quantitiesIn(about: string): string[] {
  return about.match(QUANTITY) ?? [];
}

const UNITS: readonly [RegExp, string][] = [
  [/率$|割合$/, '%|割'],
  [/件数$/, '件'],
  [/人数$|者数$/, '人|名'],
  [/額$|費$/, '円|億|万|千'],
];

/** Whether a text states a figure for a quantity: a number with its unit, in the same sentence, right after it. */
function states(text: string, quantity: string): boolean {
  const unit = UNITS.find(([pattern]) => pattern.test(quantity))?.[1] ?? '';
  const figure = new RegExp(`^[^。■○]{0,20}?\\d[\\d.,]*(?:${unit})`);
  for (let at = text.indexOf(quantity); at >= 0; at = text.indexOf(quantity, at + 1)) {
    if (figure.test(text.slice(at + quantity.length))) return true;
  }
  const [, whose, measure] = /^(.{4,})の(.{3,})$/.exec(quantity) ?? [];
  return whose !== undefined && measure !== undefined && statesOf(text, whose, measure, figure);
}

/** 「会議の参加率」 where the plan says 「会議への被用者保険者の参加率を100％」: both, close together, in one sentence. */
function statesOf(text: string, whose: string, measure: string, figure: RegExp): boolean {
  for (let at = text.indexOf(measure); at >= 0; at = text.indexOf(measure, at + 1)) {
    const before =
      text
        .slice(Math.max(0, at - whose.length - 12), at)
        .split('。')
        .at(-1) ?? '';
    if (before.includes(whose) && figure.test(text.slice(at + measure.length))) return true;
  }
  return false;
}

/** Passages that have nearly all that is asked about. */
function hitsWithWords(about: string, hits: readonly PassageHit[]): PassageHit[] {
  const found = overlaps(about.replace(/目標|指標|KPI|kpi|何/g, ' '), hits, ({ passage }) => passage.text);
  return found.filter(({ coverage }) => coverage >= 0.8).map(({ item }) => item);
}

/** Plan text that has the very quantity that is asked for; near text would be an answer to another question. */
function statedIn(question: QuestionOf<'unknown'>, sources: Sources): Answer | null {
  const { branches, fy, about } = question;
  const quantities = quantitiesIn(about).map(compact);
  const hits = searchPassages({ about, branches, fys: fy === null ? [] : [fy], which: false }, sources);
  const exact =
    quantities.length === 0
      ? hitsWithWords(about, hits)
      : hits.filter(({ passage }) => quantities.every((quantity) => states(compact(passage.text), quantity)));
  return exact.length === 0 ? null : answerHits(exact);
}
