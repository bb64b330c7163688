import type { Catalogue } from '../model/catalogue.ts';
import type { Question } from '../model/question.ts';
import type { Reading } from './reading.ts';

/** Facts that no business plan states. */
const FACTS =
  /^＿+(?:に)?は?(?:何人|なん人)(?:い|で)|電話(?:番号)?|でんわ|tel|fax|ふぁっくす|住所|所在地|郵便番号|めーるあどれす|営業時間|受付時間|開庁時間|行き方|地図|(?:支部|＿|社|会|理事|部)長(?:の名前|は誰|って誰|の氏名)|給料|年収/;

/** A name that ends like a KPI's, asked for as a figure. */
const METRIC =
  /((?:[一-龠々ー]|[ぁ-ん](?=[一-龠々ー])|[a-z0-9])*[一-龠々ー]{1,}(?:率|割合|件数|人数|者数|回数|日数|額))(?:の|は|って|を|が|、)?.{0,12}?(?:目標|kpi|実績|何|いくつ|いくら|どのくらい|どれくらい|教え|おしえ|わか|知り|[?。]|$)/;

/** Examinations that are none of the KPIs', though their names end like one. */
const OTHER_CHECKUP =
  /(?:歯科|がん|癌|妊婦|乳幼児|後期高齢者|付加|骨密度|脳)[一-龠]{0,2}(?:健診|検診)の?(?:受診|実施)率/;

/** Insurers and offices whose figures these plans do not set. */
const OTHER_BODY = /国保|国民健康保険|健保|組合|共済|後期高齢|[市町村県]$/;
/** 「横浜市の特定健診受診率」: a city's own rate, not the branch's. */
const MUNICIPALITY = /＿[市町村区]の?＿/;

/** 「職員数は？」 and no more. */
const BARE_METRIC =
  /^[^、。?？]{0,24}(?:率|割合|件数|人数|者数|回数|日数|順位|人口|数|額|費)(?:は|って|を教えて(?:ください)?|教えて|)(?:何.{1,3})?[?？]?$/;

/** 「残業時間の目標は？」 is short; a longer question about a goal is one about the plan's text. */
const SHORT = 14;

/** A year before 令和 and facts that no plan holds come first; an unknown KPI only when nothing else fits. */
export function readUnknown(reading: Reading, turn: 'first' | 'last'): Question | null {
  const { branches, fys, indicators, said } = reading;
  const unknown = (what: 'metric' | 'fact' | 'year'): Question => ({
    kind: 'unknown',
    what,
    branches,
    fy: fys[0] ?? null,
    about: reading.about,
  });
  if (turn === 'first') {
    if (reading.beforeReiwa && fys.length === 0) return unknown('year');
    if (
      reading.indicators.length > 0 &&
      (OTHER_BODY.test(reading.qualifier ?? '') || MUNICIPALITY.test(said))
    )
      return unknown('metric');
    if (OTHER_CHECKUP.test(reading.about)) return unknown('metric');
    return FACTS.test(said) && indicators.length === 0 ? unknown('fact') : null;
  }
  if (reading.cues.has('topic') || reading.sure) return null;
  const metric = METRIC.exec(said);
  const asked = reading.cues.has('target') || reading.cues.has('number') || reading.cues.has('actual');
  const short = reading.cues.has('target') && reading.unexplained <= SHORT && indicators.length === 0;
  const bare = BARE_METRIC.test(reading.about);
  return (metric?.[1] !== undefined && asked) || short || bare ? unknown('metric') : null;
}

/** A number of people or things, after the name of what they are. */
const NUMBER_OF = /＿の?(?:人|者)?数(?![値字量%])|何(?:人|名)/;

/** 「被保険者数は？」, 「健康保険委員、目標は何人？」: shares are no numbers of people, though their names hold them. */
export function readNumberOfNone(reading: Reading, catalogue: Catalogue): Question | null {
  const { indicators, branches, fys, about, said } = reading;
  const counted = catalogue.indicators.some(({ id, unit }) => indicators.includes(id) && unit !== '%');
  if (indicators.length === 0 || counted || !NUMBER_OF.test(said)) return null;
  return { kind: 'unknown', what: 'metric', branches, fy: fys[0] ?? null, about };
}

/** 「バイオシミラーの使用率は何％？」: the indicator is a thing to do and has no figure. */
export function readShareOfNone(reading: Reading, catalogue: Catalogue): Question | null {
  const { indicators, branches, fys, about, said } = reading;
  const doing = indicators.every(
    (id) => catalogue.indicators.find((known) => known.id === id)?.unit === null,
  );
  if (!doing || reading.cues.has('achievement') || !/率|割合/.test(said)) return null;
  return { kind: 'unknown', what: 'metric', branches, fy: fys[0] ?? null, about };
}
