import type { RespondFn } from '@slack/bolt';
import { reply } from '../../delivery/private-reply.ts';
import { MessageShortcut } from '../../payloads/form-payloads.ts';
import { readText } from '../../payloads/inbound-text.ts';
import { questionIn } from '../../payloads/shortcut-text.ts';
import { sentence } from '../../views/answer-view.ts';
import type { Rendered } from '../../views/blocks.ts';
import { contextLine, literal } from '../../views/text.ts';
import { privatePanel } from '../answer-messages.ts';
import { type Listener, listener } from '../listener.ts';
import type { AnswerParts } from '../parts.ts';

const NO_TEXT = 'このメッセージには調べられる文章がありません。文章のあるメッセージでお試しください。';
const OWN = 'これはplanbotの回答です。続きは、スレッドでそのままお尋ねください。';
const QUOTED = 100;
const BESIDE = { response_type: 'ephemeral', replace_original: false } as const;

/** この内容を計画で調べる: what the plans say about a message, for the eyes of the person who asked. */
export function messageSearchListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'shortcut',
      id: 'search_message',
      schema: MessageShortcut,
      async handle(shortcut, { respond }) {
        const { message } = shortcut;
        if (message.user === parts.identity().botUserId) return reply(respond, sentence(OWN), BESIDE);
        const question = questionIn(readText(message.text));
        if (question === null) return reply(respond, sentence(NO_TEXT), BESIDE);
        return answer(parts, shortcut, question, respond);
      },
    }),
  ];
}

function answer(
  parts: AnswerParts,
  { user, channel, trigger_id }: MessageShortcut,
  { text, isCut }: { text: string; isCut: boolean },
  respond: RespondFn,
): Promise<void> {
  return parts.converse({
    text,
    asker: user.id,
    channel: channel.id,
    threadKey: null,
    continues: false,
    render: (asked) => about(privatePanel(asked), text, isCut),
    show: (rendered) => reply(respond, rendered, BESIDE),
    request: `shortcut:${trigger_id}`,
  });
}

/** Says what was looked up: the answer comes apart from the message. */
function about(panel: Rendered, text: string, isCut: boolean): Rendered {
  const line = contextLine(
    `「${literal(text, QUOTED)}」${isCut ? 'の部分' : ''}を計画で調べました（あなただけに表示されています）。`,
  );
  return { ...panel, blocks: [line, ...panel.blocks], classic: [line, ...panel.classic] };
}
