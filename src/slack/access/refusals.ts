import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { AuditLog } from '../../model/audit.ts';
import type { Whisper } from '../delivery/poster.ts';
import { logged } from '../log.ts';
import type { Meter } from '../ports.ts';
import type { AccessRequest, SlackRequest } from '../slack-request.ts';
import { refusedHome, refusedModal } from '../views/answer-surfaces.ts';
import { sentence } from '../views/card.ts';
import { createCache } from './cache.ts';
import type { Refusal } from './policy.ts';

const SENTENCES: Record<Refusal, string> = {
  stranger:
    '申し訳ありません。planbotは、このワークスペースの職員の方だけがご利用いただけます。ご用の際は、担当の職員にお尋ねください。',
  guest:
    '申し訳ありません。planbotは、ゲストの方にはご利用いただけません。ご用の際は、担当の職員にお尋ねください。',
  channel:
    '申し訳ありません。このチャンネルではplanbotをご利用いただけません。ダイレクトメッセージでお尋ねください。',
  shared_channel:
    '申し訳ありません。社外の方が参加しているチャンネルのため、お答えを控えます。ダイレクトメッセージでお尋ねください。',
};
/** For the audit log. */
const REASONS: Record<Refusal, string> = {
  stranger: '社外の利用者のため',
  guest: 'ゲストのため',
  channel: '許可されていないチャンネルのため',
  shared_channel: '社外と共有しているチャンネルのため',
};
export const UNSURE =
  '申し訳ありません。ご利用いただける方かどうかを、ただいま確かめられません。少し時間をおいて、もう一度お試しください。';

const REMEMBERED = 2_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Records a refusal; gives what to say, and whether it was said to the person in that place today. */
export type RecordRefusal = (
  request: AccessRequest,
  refusal: Refusal,
  /** What the Home tab says is not heard in the messages beside it. */
  isHomeOpened: boolean,
) => Promise<{ text: string; isRepeated: boolean }>;

/** One entry and one sentence a day for each person, place and reason: whoever writes on is not told each time. */
export function createRefusals(parts: {
  audit: AuditLog;
  meter: Meter;
  now: () => Date;
  /** Whether the log may name the person; the audit log does. */
  logPeople: boolean;
  log: Logger;
}): RecordRefusal {
  const { audit, meter, now, logPeople, log } = parts;
  const told = createCache<true>({ limit: REMEMBERED, now });
  return async ({ user, channel }, refusal, isHomeOpened) => {
    const key = `${user}:${isHomeOpened ? 'home' : channel}:${refusal}`;
    const before = told.get(key);
    const isRepeated = before !== undefined && before.ageMs < DAY_MS;
    const text = SENTENCES[refusal];
    meter.refused(refusal);
    if (!isRepeated) {
      told.set(key, true);
      log.info({ ...(logPeople ? { user } : {}), channel, refusal }, 'refused');
      const entry = {
        action: 'refused',
        actor: user,
        subject: channel ?? '',
        detail: REASONS[refusal],
      } as const;
      await audit.append(entry, now()).catch(logged(log, 'error', 'refusal not recorded'));
    }
    return { text, isRepeated };
  };
}

export type TellRefusal = (
  request: SlackRequest,
  refusal: { text: string; isRepeated: boolean },
) => Promise<unknown>;

/** Says a refusal where the person looks: in their Home tab, over a modal or a shortcut, or below their message. */
export function createTellRefusal({
  views,
  whisper,
}: {
  views: Pick<WebClient['views'], 'open' | 'update' | 'publish'>;
  whisper: Whisper;
}): TellRefusal {
  return async ({ access, view, triggerId, isHomeOpened }, { text, isRepeated }) => {
    if (access === null) return null;
    const { user, channel, thread } = access;
    if (isHomeOpened || view?.type === 'home') {
      return views.publish({ user_id: user, view: refusedHome(text) });
    }
    if (view !== null) {
      return views.update({ view_id: view.id, view: refusedModal(text) });
    }
    if (channel !== null) {
      return isRepeated ? null : whisper({ channel, threadTs: thread }, user, sentence(text));
    }
    return triggerId === null ? null : views.open({ trigger_id: triggerId, view: refusedModal(text) });
  };
}
