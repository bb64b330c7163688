import type { RespondFn } from '@slack/bolt';
import { reply } from '../../delivery/private-reply.ts';
import { describeFault } from '../../log-fault.ts';
import { readCommand } from '../../payloads/command-words.ts';
import { readText } from '../../payloads/inbound-text.ts';
import { SlashCommand } from '../../payloads/payloads.ts';
import { commandHelp } from '../../views/command-help.ts';
import { privatePanel } from '../answer-messages.ts';
import { type Listener, listener } from '../listener.ts';
import type { ListenerParts } from '../parts.ts';
import { openKpiForm } from './kpi-form.ts';
import { openChannelSettings } from './settings.ts';
import { createSummaries } from './summary.ts';

/** /kpi 東京 ジェネリック: an answer that only the asker sees, until they share it. */
export function kpiCommandListeners(parts: ListenerParts): Listener[] {
  const replyWithSummary = createSummaries(parts);
  return [
    listener({
      on: 'command',
      id: '/kpi',
      schema: SlashCommand,
      handle(command, { respond }) {
        const read = readCommand(readText(command.text));
        switch (read.kind) {
          case 'form':
            return openKpiForm(parts, command, respond);
          case 'help':
            return replyWithHelp(parts, command, respond);
          case 'settings':
            return openChannelSettings(parts, command, respond);
          case 'summary':
            return replyWithSummary({ ...command, text: read.of }, respond);
          case 'question':
            return answerPrivately(parts, { ...command, text: read.text }, respond);
        }
      },
    }),
  ];
}

async function replyWithHelp(parts: ListenerParts, command: SlashCommand, respond: RespondFn): Promise<void> {
  const { branch } = await parts
    .questionDefaults({ asker: command.user_id, channel: command.channel_id })
    .catch((error: unknown) => {
      parts.log.warn(describeFault(error), 'branch not read for help');
      return { branch: undefined };
    });
  await reply(respond, commandHelp(branch), { response_type: 'ephemeral' });
}

function answerPrivately(parts: ListenerParts, command: SlashCommand, respond: RespondFn): Promise<void> {
  return parts.converse({
    text: command.text,
    asker: command.user_id,
    channel: command.channel_id,
    threadKey: null,
    continues: false,
    render: privatePanel,
    show: (rendered) => reply(respond, rendered, { response_type: 'ephemeral' }),
    request: `${command.channel_id}:${command.trigger_id}`,
  });
}
