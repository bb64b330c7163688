import type { ViewResponseAction } from '@slack/bolt';
import type { Catalogue } from '../../../model/catalogue.ts';
import { isOther } from '../../../model/indicator.ts';
import { type ButtonQuestion, chosenKpi } from '../../button-question.ts';
import { updateNewView } from '../../delivery/update-view.ts';
import { KpiFormSubmission } from '../../payloads/form-payloads.ts';
import { answerModal, modalPanel } from '../../views/answer-modal.ts';
import type { Rendered } from '../../views/blocks.ts';
import { KPI_FIELDS, KPI_FORM } from '../../views/kpi-form.ts';
import { PICKERS } from '../../views/pickers.ts';
import { type Listener, listener } from '../listener.ts';
import type { AnswerParts } from '../parts.ts';

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
