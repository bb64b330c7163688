import { setTimeout as wait } from 'node:timers/promises';
import type { RespondFn, ViewResponseAction } from '@slack/bolt';
import type { OptionGroup, PlainTextOption } from '@slack/web-api';
import { shortNameOf } from '../../answers/sources.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import { dayInTokyo, fiscalYearOf, formatFiscalYear, westernYear } from '../../model/fiscal-year.ts';
import { isOther } from '../../model/indicator.ts';
import { type ButtonQuestion, chosenKpi } from '../button-question.ts';
import { reply } from '../delivery/private-reply.ts';
import { updateNewView } from '../delivery/update-view.ts';
import { latestStandings } from '../latest-standings.ts';
import { LIMITS } from '../limits.ts';
import { describeFault, logged } from '../log.ts';
import { isDirect } from '../message-event.ts';
import { PickerQuery, type SlashCommand, Submission, ViewMemory } from '../payloads.ts';
import { answerModal, modalPanel } from '../views/answer-surfaces.ts';
import { type Offer, optionsOf, plainTextElement, type Rendered } from '../views/blocks.ts';
import { sentence } from '../views/card.ts';
import { KPI_FIELDS, KPI_FORM, kpiForm, PICKERS } from '../views/forms.ts';
import { type Exchange, type Listener, on } from './listener.ts';
import type { AnswerParts, BaseParts, StandingParts } from './listener-parts.ts';

/** A trigger lives 3 seconds: the form comes without the branch when the settings take longer than this. */
const PATIENCE_MS = 500;
const NOT_OPENED =
  '入力画面を開けませんでした。もう一度「/kpi」と入力するか、「/kpi 東京 ジェネリック」のように続けて書いてください。';

/** /kpi: a form, with the branch of the channel or the person filled in. */
export async function openKpiForm(
  parts: BaseParts,
  command: SlashCommand,
  respond: RespondFn,
): Promise<void> {
  const { web, questionDefaults, log } = parts;
  const { channel_id: channel, user_id: asker, trigger_id } = command;
  const settings = questionDefaults({ asker, channel }).catch(logged(log, 'warn', 'settings not read'));
  const defaults = await Promise.race([settings, wait(PATIENCE_MS, null)]);
  const { branch = null, fy = null } = defaults ?? {};
  try {
    // In a direct message there is nobody to share with.
    const metadata = JSON.stringify({ channel: isDirect(channel) ? null : channel });
    await web.views.open({ trigger_id, view: kpiForm({ branch, fy, metadata }) });
  } catch (error) {
    log.warn(describeFault(error), 'form not opened');
    await reply(respond, sentence(NOT_OPENED));
  }
}

/** The form sent off: the answer lies over it, so that closing it leads to the next question. */
export function kpiFormListeners(parts: AnswerParts & StandingParts): Listener[] {
  return [
    ...pickerListeners(parts),
    on(
      'view',
      KPI_FORM,
      Submission,
      async (submission, { ack }) => {
        const read = readForm(submission, parts.catalogue);
        if ('errors' in read) return ack({ response_action: 'errors', errors: read.errors });
        return answerOver(parts, submission, read.question, ack);
      },
      { acknowledges: true },
    ),
  ];
}

type Read = { question: ButtonQuestion } | { errors: Record<string, string> };

function readForm({ view }: Submission, catalogue: Catalogue): Read {
  const values = view.state;
  const branch = values.text(KPI_FIELDS.branch);
  const indicator = values.text(KPI_FIELDS.indicator);
  const year = values.text(KPI_FIELDS.year);
  const fy = year === null ? null : Number(year);
  const errors: Record<string, string> = {};
  if (branch === null || !catalogue.branches.some(({ name }) => name === branch)) {
    errors[KPI_FIELDS.branch] = '支部を一覧から選んでください。';
  }
  const isKnown = catalogue.indicators.some(({ id }) => id === indicator);
  if (indicator === null || !(isKnown || isOther(indicator))) {
    errors[KPI_FIELDS.indicator] = '指標を一覧から選んでください。';
  }
  if (fy !== null && !(Number.isInteger(fy) && fy >= 1 && fy <= 99)) {
    errors[KPI_FIELDS.year] = '年度を一覧から選んでください。';
  }
  if (branch === null || indicator === null || Object.keys(errors).length > 0) {
    return { errors };
  }
  return { question: chosenKpi(branch, fy, indicator) };
}

/**
 * Slack waits 3 seconds for the acknowledgement, and the answer comes with it; what takes longer is preceded by
 * a word that it does, which the answer then replaces.
 */
async function answerOver(
  { converse, web }: AnswerParts,
  { user, trigger_id, view }: Submission,
  question: ButtonQuestion,
  ack: (response: ViewResponseAction) => Promise<void>,
): Promise<void> {
  const { channel } = ViewMemory.parse(view.private_metadata);
  const externalId = `answer:${trigger_id}`;
  let isOpen = false;
  async function show(message: Rendered): Promise<null> {
    const modal = answerModal({ message, externalId, metadata: view.private_metadata });
    if (isOpen) {
      await updateNewView(web, externalId, modal);
    } else {
      isOpen = true;
      await ack({ response_action: 'push', view: modal });
    }
    return null;
  }
  await converse({
    ...question,
    asker: user.id,
    channel,
    threadKey: null,
    continues: false,
    render: (asked) => modalPanel(asked, channel),
    show,
    request: `form:${trigger_id}`,
  });
}

/** The first year of 令和 that has plans of its own. */
const FIRST_YEAR = 2;

/** Fills the menus of planbot's forms while somebody types: kanji, kana, romaji and other names. */
function pickerListeners(parts: StandingParts): Listener[] {
  const { suggest, now } = parts;
  type Options = Parameters<Exchange['ack']>[0];
  const menu = (id: string, fill: (query: PickerQuery) => Options | Promise<Options>) =>
    on('options', id, PickerQuery, async (query, { ack }) => ack(await fill(query)), { acknowledges: true });
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
  const branch = view?.state.text(KPI_FIELDS.branch) ?? null;
  const latest = branch === null ? null : await latestStandings(parts, branch);
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
