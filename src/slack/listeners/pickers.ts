import type { OptionGroup, PlainTextOption } from '@slack/web-api';
import { shortNameOf } from '../../answers/sources.ts';
import { dayInTokyo, fiscalYearOf, formatFiscalYear, westernYear } from '../../model/fiscal-year.ts';
import { isOther } from '../../model/indicator.ts';
import { latestStandings } from '../latest-standings.ts';
import { LIMITS } from '../limits.ts';
import { PickerQuery } from '../payloads.ts';
import { KPI_FIELDS } from '../views/kpi-form.ts';
import { type Offer, optionsOf, PICKERS } from '../views/pickers.ts';
import { plainTextElement } from '../views/text.ts';
import { type Exchange, type Listener, listener } from './listener.ts';
import type { StandingParts } from './listener-parts.ts';

/** The first year of 令和 that has plans of its own. */
const FIRST_YEAR = 2;

/** Fills the menus of planbot's forms while somebody types: kanji, kana, romaji and other names. */
export function pickerListeners(parts: StandingParts): Listener[] {
  const { suggest, now } = parts;
  type Options = Parameters<Exchange['ack']>[0];
  const menu = (id: string, fill: (query: PickerQuery) => Options | Promise<Options>) =>
    listener({
      on: 'options',
      id,
      schema: PickerQuery,
      acknowledges: true,
      handle: async (query, { ack }) => ack(await fill(query)),
    });
  return [
    menu(PICKERS.branch, ({ value }) => ({
      options: optionsOf(offersOf(suggest.branches(value, LIMITS.options))),
    })),
    menu(PICKERS.year, ({ value }) => ({
      options: optionsOf(years(fiscalYearOf(dayInTokyo(now())), value)),
    })),
    menu(PICKERS.indicator, (query) => indicators(parts, query)),
  ];
}

function offersOf(suggestions: readonly { id: string; label: string }[]): Offer[] {
  return suggestions.map(({ id, label }) => ({ label, value: id }));
}

/** Newest first, with the year that is being planned. Digits find a year by either count, 令和5 by its own alone. */
function years(current: number, query: string): Offer[] {
  const typed = query.normalize('NFKC').trim();
  const wanted = typed.replace(/\D/g, '');
  const isReiwa = /^(?:令和|れいわ|r)/i.test(typed);
  const found = Array.from({ length: current + 2 - FIRST_YEAR }, (_, back) => current + 1 - back)
    .map((fy) => ({ label: `${formatFiscalYear(fy)}（${westernYear(fy)}年度）`, value: String(fy) }))
    .filter(({ label, value }) => (isReiwa ? value.startsWith(wanted) : label.includes(wanted)));
  const isExact = ({ value }: Offer) => value === wanted;
  return [...found.filter(isExact), ...found.filter((offer) => !isExact(offer))];
}

/** Where the branch is chosen already, its own KPIs come first, those that no other branch has among them. */
async function indicators(
  parts: StandingParts,
  { value, view }: PickerQuery,
): Promise<{ options: PlainTextOption[] } | { option_groups: OptionGroup[] }> {
  const found = offersOf(parts.suggest.indicators(value, LIMITS.options));
  const branch = view?.state?.values[KPI_FIELDS.branch]?.[PICKERS.branch]?.selected_option?.value;
  const latest = branch === undefined ? null : await latestStandings(parts, branch);
  if (latest === null) return { options: optionsOf(found) };
  const ids = latest.standings.map(({ kpi }) => kpi.indicator);
  const wanted = value.normalize('NFKC').trim();
  const alone = ids
    .filter((id) => isOther(id) && shortNameOf(parts.catalogue, id).includes(wanted))
    .map((id) => ({ label: shortNameOf(parts.catalogue, id), value: id }));
  const own = [...found.filter((offer) => ids.includes(offer.value)), ...alone];
  const others = found.filter((offer) => !ids.includes(offer.value));
  return {
    option_groups: [group('この支部のKPI', own), group('ほかの指標', others)].flatMap((one) => one ?? []),
  };
}

function group(label: string, offers: readonly Offer[]): OptionGroup | null {
  const options = optionsOf(offers);
  return options.length === 0 ? null : { label: plainTextElement(label, LIMITS.buttonLabel), options };
}
