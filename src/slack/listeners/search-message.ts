import type { RespondFn } from '@slack/bolt';
import { reply } from '../delivery/private-reply.ts';
import { readText } from '../message-event.ts';
import { MessageShortcut } from '../payloads.ts';
import { privatePanel } from '../views/answer-surfaces.ts';
import { literal, under } from '../views/blocks.ts';
import { sentence } from '../views/card.ts';
import { type Listener, on } from './listener.ts';
import type { AnswerParts } from './listener-parts.ts';

const NO_TEXT = 'このメッセージには調べられる文章がありません。文章のあるメッセージでお試しください。';
const OWN = 'これはplanbotの回答です。続きは、スレッドでそのままお尋ねください。';
const QUOTED = 100;

/** この内容を計画で調べる: what the plans say about a message, for the eyes of the person who asked. */
export function messageSearchListeners(parts: AnswerParts): Listener[] {
  return [
    on('shortcut', 'search_message', MessageShortcut, async (shortcut, { respond }) => {
      const { message } = shortcut;
      if (message.user === parts.identity().botUserId) return reply(respond, sentence(OWN));
      const question = questionIn(readText(message.text));
      if (question === null) return reply(respond, sentence(NO_TEXT));
      return answer(parts, shortcut, question, respond);
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
    // Said above, since the answer comes apart from the message.
    render: (asked) =>
      under(
        `「${literal(text, QUOTED)}」${isCut ? 'の部分' : ''}を計画で調べました（あなただけに表示されています）。`,
        privatePanel(asked),
      ),
    show: (rendered) => reply(respond, rendered),
    request: `shortcut:${trigger_id}`,
  });
}

/** Longer texts are read as several matters at once, and found is nothing of any. */
const LONGEST = 200;

/**
 * What to ask about a message that was written for other people: its first sentences, without greetings, quoted
 * lines and what holds no words. Null where nothing is left.
 */
export function questionIn(text: string): { text: string; isCut: boolean } | null {
  const sentences = text
    .split('\n')
    .filter((line) => !/^\s*(?:>|&gt;|```)/.test(line))
    .flatMap((line) => line.split(/(?<=[。！？!?])/))
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part) && !GREETING.test(part));
  const kept: string[] = [];
  for (const sentence of sentences) {
    if (kept.length > 0 && [...kept, sentence].join('').length > LONGEST) break;
    kept.push(sentence.slice(0, LONGEST));
  }
  if (kept.length === 0) return null;
  const isCut = kept.length < sentences.length || sentences[0]?.length !== kept[0]?.length;
  return { text: kept.join(''), isCut };
}

const GREETING =
  /^(?:おはよう(?:ございます)?|こんにちは|お疲れ(?:様|さま)(?:です|でした)?|いつもお世話に(?:なって(?:おり|い)ます|なります)|よろしくお願い(?:いた|致)?します|以上(?:です)?)[。！!、,\s]*$/;
