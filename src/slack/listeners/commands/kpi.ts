import { readText } from '../../inbound-text.ts';
import { Command } from '../../payloads.ts';
import { reply } from '../../private-reply.ts';
import type { ListenerParts } from '../parts.ts';
import { privatePanel } from '../private-panel.ts';

/** /kpi 東京 ジェネリック: an answer that only the asker sees, until they share it. */
export function listenToKpiCommand(parts: ListenerParts): void {
  parts.app.command('/kpi', async ({ ack, body, respond }) => {
    await ack();
    const command = Command.parse(body);
    await parts.converse({
      text: readText(command.text),
      threadKey: null,
      continues: false,
      render: privatePanel,
      show: (rendered) => reply(respond, rendered, { response_type: 'ephemeral' }),
      request: `${command.channel_id}:${command.trigger_id}`,
    });
  });
}
