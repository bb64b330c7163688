import type { RespondFn } from '@slack/bolt';
import { z } from 'zod';
import type { Act, FollowUpResult, FollowUps } from '../../../reminders/follow-up.ts';
import { snoozeDay } from '../../../reminders/follow-up.ts';
import { describeFault } from '../../log-fault.ts';
import type { ReminderDesk } from '../../reminders/reminder-desk.ts';
import { messageIdOf, REMINDER_ACTIONS } from '../../views/reminder-actions.ts';
import { republishHome } from '../home/publish-home.ts';
import type { ListenerParts } from '../parts.ts';

const ReminderClick = z.object({
  user: z.object({ id: z.string().min(1) }),
  container: z.object({ channel_id: z.string().min(1), message_ts: z.string().min(1) }),
  actions: z
    .array(
      z.object({
        block_id: z.string(),
        selected_option: z.object({ value: z.enum(['tomorrow', 'next_week']) }).nullish(),
        selected_date: z.iso.date().nullish(),
        selected_user: z.string().nullish(),
      }),
    )
    .min(1),
});
type ReminderClick = z.infer<typeof ReminderClick>;

type Chosen = ReminderClick['actions'][number];
type Work = (followUps: FollowUps, act: Act, chosen: Chosen) => Promise<FollowUpResult> | null;

/** Null where nothing was chosen. */
const WORKS: Record<string, Work> = {
  [REMINDER_ACTIONS.acknowledge]: (followUps, act) => followUps.acknowledge(act),
  [REMINDER_ACTIONS.snooze]: (followUps, act, { selected_option }) =>
    selected_option ? followUps.snooze(act, snoozeDay(selected_option.value, act.now)) : null,
  [REMINDER_ACTIONS.snoozeUntil]: (followUps, act, { selected_date }) =>
    selected_date ? followUps.snooze(act, selected_date) : null,
  [REMINDER_ACTIONS.assign]: (followUps, act, { selected_user }) =>
    selected_user ? followUps.reassign(act, selected_user) : null,
};

const REASONS: Record<Exclude<FollowUpResult, 'done'>, string> = {
  unknown_message: 'このお知らせは記録にないため、操作できませんでした。',
  resolved: 'このお知らせはすでに終わっています。',
  past_day: '延期する日は、明日以降の日を選んでください。',
};
const FAULT = '申し訳ありません。操作を記録できませんでした。少し時間をおいて、もう一度お試しください。';

/** What people do under a reminder: recorded, then shown in the message and its thread. */
export function listenToReminders(parts: ListenerParts): void {
  for (const [action, work] of Object.entries(WORKS)) {
    parts.app.action(action, async ({ ack, body, respond }) => {
      await ack();
      await follow(parts, ReminderClick.parse(body), work, respond);
    });
  }
}

/**
 * Whether the buttons belong to the message that the outbox knows by their number: after a restore, numbers of
 * messages that the backup did not hold are given anew. A message whose place is not yet known may be any.
 */
async function standsAt(
  { messages }: ReminderDesk,
  id: number,
  { channel_id, message_ts }: ReminderClick['container'],
): Promise<boolean> {
  const own = (await messages({ subject: id })).filter(({ subject }) => subject === id);
  return (
    own.length === 0 ||
    own.some(({ channel, ts }) => ts === null || (ts === message_ts && channel === channel_id))
  );
}

async function follow(
  parts: ListenerParts,
  { user, container, actions }: ReminderClick,
  work: Work,
  respond: RespondFn,
): Promise<void> {
  const { reminders, now, log } = parts;
  const [click] = actions;
  if (!reminders || !click) return;
  const tell = (text: string) => respond({ response_type: 'ephemeral', replace_original: false, text });
  const act = { messageId: messageIdOf(click.block_id) ?? 0, by: user.id, now: now() };
  try {
    if (!(await standsAt(reminders, act.messageId, container)))
      return void (await tell(REASONS.unknown_message));
    const result = await work(reminders.followUps, act, click);
    if (result === 'done') {
      await reminders.refresh();
      await republishHome(parts, user.id);
    } else if (result !== null) await tell(REASONS[result]);
  } catch (error) {
    log.error(describeFault(error), 'follow-up not recorded');
    await tell(FAULT);
  }
}
