import { setTimeout as wait } from 'node:timers/promises';
import type { RespondFn } from '@slack/bolt';
import type { AskInput } from '../../../model/ask.ts';
import { reply } from '../../delivery/private-reply.ts';
import { describeFault } from '../../log-fault.ts';
import { isDirect } from '../../message-event.ts';
import type { SlashCommand } from '../../payloads/payloads.ts';
import { sentence } from '../../views/answer-view.ts';
import { kpiForm } from '../../views/kpi-form.ts';
import type { BaseParts } from '../parts.ts';

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
