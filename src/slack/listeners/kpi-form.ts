import { setTimeout as wait } from 'node:timers/promises';
import type { RespondFn, ViewResponseAction } from '@slack/bolt';
import type { AskInput } from '../../model/ask.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import { isOther } from '../../model/indicator.ts';
import { type ButtonQuestion, chosenKpi } from '../button-question.ts';
import { reply } from '../delivery/private-reply.ts';
import { updateNewView } from '../delivery/update-view.ts';
import { describeFault } from '../log-fault.ts';
import { isDirect } from '../message-event.ts';
import type { SlashCommand } from '../payloads.ts';
import { KpiFormSubmission } from '../payloads.ts';
import { answerModal, modalPanel } from '../views/answer-modal.ts';
import type { Rendered } from '../views/blocks.ts';
import { sentence } from '../views/card.ts';
import { KPI_FIELDS, KPI_FORM, kpiForm } from '../views/kpi-form.ts';
import { PICKERS } from '../views/pickers.ts';
import { type Listener, listener } from './listener.ts';
import type { AnswerParts, BaseParts } from './listener-parts.ts';

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
  const { web, log } = parts;
  const { channel_id: channel, trigger_id } = command;
  const defaults = await Promise.race([settingsOf(parts, command), wait(PATIENCE_MS).then(() => undefined)]);
  const { branch = null, fy = null } = defaults ?? {};
  try {
    // In a direct message there is nobody to share with.
    const metadata = JSON.stringify({ channel: isDirect(channel) ? null : channel });
    await web.views.open({ trigger_id, view: kpiForm({ branch, fy, metadata }) });
  } catch (error) {
    log.warn(describeFault(error), 'form not opened');
    await reply(respond, sentence(NOT_OPENED), { response_type: 'ephemeral' });
  }
}

async function settingsOf(
  { questionDefaults, log }: BaseParts,
  { user_id: asker, channel_id: channel }: SlashCommand,
): Promise<AskInput['defaults']> {
  try {
    return await questionDefaults({ asker, channel });
  } catch (error) {
    log.warn(describeFault(error), 'settings not read');
    return undefined;
  }
}

/** The form sent off: the answer lies over it, so that closing it leads to the next question. */
export function kpiFormListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'view',
      id: KPI_FORM,
      schema: KpiFormSubmission,
      acknowledges: true,
      async handle(submission, { ack }) {
        const read = readForm(submission, parts.catalogue);
        if ('errors' in read) return ack({ response_action: 'errors', errors: read.errors });
        return answerOver(parts, submission, read.question, ack);
      },
    }),
  ];
}

type Read = { question: ButtonQuestion } | { errors: Record<string, string> };

function readForm({ view }: KpiFormSubmission, catalogue: Catalogue): Read {
  const { values } = view.state;
  const branch = values[KPI_FIELDS.branch][PICKERS.branch].selected_option?.value;
  const indicator = values[KPI_FIELDS.indicator][PICKERS.indicator].selected_option?.value;
  const year = values[KPI_FIELDS.year][PICKERS.year].selected_option?.value;
  const fy = year === undefined ? null : Number(year);
  const errors: Record<string, string> = {};
  if (branch === undefined || !catalogue.branches.some(({ name }) => name === branch)) {
    errors[KPI_FIELDS.branch] = '支部を一覧から選んでください。';
  }
  const isKnown = catalogue.indicators.some(({ id }) => id === indicator);
  if (indicator === undefined || !(isKnown || isOther(indicator))) {
    errors[KPI_FIELDS.indicator] = '指標を一覧から選んでください。';
  }
  if (fy !== null && !(Number.isInteger(fy) && fy >= 1 && fy <= 99)) {
    errors[KPI_FIELDS.year] = '年度を一覧から選んでください。';
  }
  if (branch === undefined || indicator === undefined || Object.keys(errors).length > 0) {
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
  { user, trigger_id, view }: KpiFormSubmission,
  question: ButtonQuestion,
  ack: (response: ViewResponseAction) => Promise<void>,
): Promise<void> {
  const { channel } = view.private_metadata;
  const externalId = `answer:${trigger_id}`;
  let isOpen = false;
  async function show(message: Rendered): Promise<null> {
    const modal = answerModal({ message, externalId, metadata: JSON.stringify({ channel }) });
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
