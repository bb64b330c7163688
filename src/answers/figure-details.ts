import { decimalsOf, formatFixed, formatNumber } from '../japanese/amounts.ts';
import type { Actual, Kpi } from '../model/kpi.ts';
import type { Aspect } from '../model/question.ts';
import { formatSource } from '../model/source.ts';
import { type Sources, unitOf } from './look-up.ts';
import { markText } from './mark.ts';
import { formatDifference, targetText } from './rows.ts';

type Detail = { label: string; value: string };

function actualText(kpi: Kpi): string {
  if (kpi.actual === null) return '実績の報告はありません';
  return reportedText(kpi.actual);
}

function reportedText({ text, asOf, value }: Actual): string {
  if (value === null && /^[-―－ー—]?$/.test(text.trim())) return `未報告（${text || '―'}）`;
  return asOf === null ? text : `${text}（${asOf}）`;
}

function previousText(kpi: Kpi): string {
  return kpi.actual?.previousText ?? '資料にありません';
}

function difference(kpi: Kpi, sources: Sources): string {
  const { value } = kpi.target;
  const actual = kpi.actual?.value ?? null;
  if (value === null || actual === null) return '計算できません（目標か実績の数値がありません）';
  const unit = unitOf(sources.catalogue, kpi);
  const decimals = Math.max(decimalsOf(kpi.actual?.text ?? ''), decimalsOf(kpi.target.text));
  const shown = (figure: number) => formatFixed(figure, decimals);
  const gap = actual - value;
  const word = gap === 0 ? '目標と同じ' : gap > 0 ? '目標を上回る' : '目標を下回る';
  return `${gap === 0 ? '' : formatDifference(gap, unit)}${word}（${shown(actual)} − ${shown(value)}）`;
}

function achievement(kpi: Kpi): string {
  const { value, op } = kpi.target;
  const actual = kpi.actual?.value ?? null;
  if (value === null || actual === null || value === 0)
    return '計算できません（目標か実績の数値がありません）';
  if (op === '<=')
    return `${actual <= value ? '目標を満たしています' : '目標を満たしていません'}（低いほど良い指標のため、割合では示しません）`;
  return `${formatNumber((actual / value) * 100, 1)}％（${formatNumber(actual)} ÷ ${formatNumber(value)}）`;
}

/** The large line of the card. */
export function headlineOf(kpi: Kpi, aspect: Aspect, sources: Sources): string {
  switch (aspect) {
    case 'actual':
      return `実績 ${actualText(kpi)}`;
    case 'progress':
      return kpi.actual === null
        ? `目標 ${targetText(kpi)}`
        : `実績 ${actualText(kpi)}、目標 ${targetText(kpi)}`;
    case 'previous':
      return `前年度実績 ${previousText(kpi)}`;
    case 'gap':
      return `目標との差 ${difference(kpi, sources)}`;
    case 'achievement':
      return `達成率 ${achievement(kpi)}`;
    case 'as_of':
      return `時点 ${kpi.actual?.asOf ?? '実績の報告はありません'}`;
    case 'source':
      return `根拠 ${formatSource(kpi.source)}`;
    case 'unit':
      return `単位 ${unitOf(sources.catalogue, kpi) ?? 'なし（実施するかどうかの目標）'}`;
    case 'proviso':
      return kpi.target.proviso === null ? '例外の定めはありません' : `例外 ${kpi.target.proviso}`;
    default:
      return `目標 ${targetText(kpi)}`;
  }
}

function weightDetails({ importance, difficulty }: Kpi): Detail[] {
  const marks = [
    ...(importance ? [`重要度：${importance}`] : []),
    ...(difficulty ? [`困難度：${difficulty}`] : []),
  ];
  return marks.length === 0 ? [] : [{ label: '位置づけ', value: marks.join('、') }];
}

/** What the document says where a reported figure took its place. */
function documentedText({ target, actual, source }: NonNullable<Kpi['documented']>): string {
  const shown = [`目標 ${target.text}`, ...(actual === null ? [] : [`実績 ${reportedText(actual)}`])];
  return `${shown.join('、')}（${formatSource(source)}）`;
}

/** Target, actual, gap and mark, as of, previous year; the figure's own order on every card. */
export function figureDetails(kpi: Kpi, aspect: Aspect, sources: Sources): Detail[] {
  const { actual } = kpi;
  const details: Detail[] = [];
  if (!['target', 'all', 'progress'].includes(aspect))
    details.push({ label: '目標', value: targetText(kpi) });
  if (actual !== null) {
    if (aspect !== 'actual' && aspect !== 'progress') details.push({ label: '実績', value: actualText(kpi) });
    if (actual.value !== null && kpi.target.value !== null && aspect !== 'gap') {
      details.push({ label: '目標との差', value: difference(kpi, sources) });
    }
    details.push({ label: '状況', value: markText(sources.judge(kpi)) });
    if (actual.previousText !== null && aspect !== 'previous')
      details.push({ label: '前年度実績', value: actual.previousText });
  }
  if (aspect === 'all') details.push(...weightDetails(kpi));
  if (kpi.documented) details.push({ label: '資料の記載', value: documentedText(kpi.documented) });
  if (kpi.stated !== null && aspect === 'source') details.push({ label: '記載', value: kpi.stated });
  return details;
}
