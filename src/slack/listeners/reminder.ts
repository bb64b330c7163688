import type { RespondFn } from '@slack/bolt';
import { z } from 'zod';
import {
  type FollowUpAction,
  type FollowUpResult,
  type FollowUps,
  snoozeDay,
} from '../../reminders/follow-up.ts';
import { reply } from '../delivery/private-reply.ts';
import { describeFault, logged } from '../log.ts';
import { type Click, Json, MessageClick, Submission } from '../payloads.ts';
import type { ReminderControls } from '../ports.ts';
import { sentence } from '../views/card.ts';
import { MOVE_FIELD, MOVE_FORM, moveForm } from '../views/forms.ts';
import { messageIdOf, REMINDER_ACTIONS, readItemChoice } from '../views/reminder.ts';
import { republishHome } from './home.ts';
import { type Listener, on } from './listener.ts';
import type { HomeParts } from './listener-parts.ts';

type Chosen = Click['actions'][0];
type Refusal = Exclude<FollowUpResult, 'done'> | 'no_staff' | 'unknown_person';
type Work = (
  parts: HomeParts,
  followUps: FollowUps,
  act: FollowUpAction,
  chosen: Chosen,
) => Promise<FollowUpResult | Refusal> | null;

const SNOOZES = z.enum(['tomorrow', 'next_week']);

/** Null where nothing was chosen. */
const WORKS: Record<string, Work> = {
  [REMINDER_ACTIONS.acknowledge]: (_, followUps, act) => followUps.acknowledge(act),
  [REMINDER_ACTIONS.snooze]: ({ catalogue }, followUps, act, { selected_option }) => {
    const choice = SNOOZES.safeParse(selected_option?.value).data;
    return choice ? followUps.snooze(act, snoozeDay(choice, act.now, catalogue.calendar)) : null;
  },
  [REMINDER_ACTIONS.snoozeUntil]: (_, followUps, act, { selected_date }) =>
    selected_date ? followUps.snooze(act, selected_date) : null,
  [REMINDER_ACTIONS.assign]: (parts, followUps, act, { selected_user }) =>
    selected_user ? reassign(parts, followUps, act, selected_user) : null,
  [REMINDER_ACTIONS.explain]: (_, followUps, act) => followUps.explain(act),
};

const REASONS: Record<Refusal, string> = {
  unknown_message: 'このお知らせは記録にないため、操作できませんでした。',
  resolved: 'このお知らせはすでに終わっています。',
  past_day: '延期する日は、明日以降の日を選んでください。',
  no_staff: '職員でない方（ゲスト、外部の方、ボット、退職した方）は担当にできません。',
  unknown_person:
    'その方を確かめられなかったため、担当を変えませんでした。少し時間をおいて、もう一度お試しください。',
};
const PAST_DUE = '新しい期日は、明日以降の日を選んでください。';
const FAULT = '申し訳ありません。操作を記録できませんでした。少し時間をおいて、もう一度お試しください。';

/** What people do under a reminder: recorded, then shown in the message and its thread. */
export function reminderListeners(parts: HomeParts): Listener[] {
  return [
    ...Object.entries(WORKS).map(([id, work]) =>
      on('action', id, MessageClick, (click, { respond }) => follow(parts, click, work, respond), {
        apology: FAULT,
      }),
    ),
    on(
      'action',
      REMINDER_ACTIONS.decide,
      MessageClick,
      (click, { respond }) => decide(parts, click, respond),
      { apology: FAULT },
    ),
    on('view', MOVE_FORM, Submission, (submission) => move(parts, submission)),
  ];
}

/** Only staff of the bot's own workspace or organisation take a reminder over. */
async function reassign(
  { web, identity, log }: HomeParts,
  followUps: FollowUps,
  act: FollowUpAction,
  assignee: string,
): Promise<FollowUpResult | Refusal> {
  const { teamId, enterpriseId } = identity();
  const found = await web.users
    .info({ user: assignee })
    .catch(logged(log, 'warn', 'cannot tell who is to take a reminder over'));
  if (!found?.user) return 'unknown_person';
  const { team_id, enterprise_user, deleted, is_bot, is_restricted, is_ultra_restricted, is_stranger } =
    found.user;
  const isOfUs =
    team_id === undefined ||
    team_id === teamId ||
    (enterpriseId !== null && enterprise_user?.enterprise_id === enterpriseId);
  const isStaff = isOfUs && !deleted && !is_bot && !is_restricted && !is_ultra_restricted && !is_stranger;
  return isStaff ? followUps.reassign(act, assignee) : 'no_staff';
}

/**
 * Whether the buttons belong to the message that the outbox knows by their number: after a restore, numbers of
 * messages that the backup did not hold are given anew. A message whose place is not yet known may be any.
 */
async function standsAt(
  { messages }: ReminderControls,
  id: number,
  { container, channel: place }: MessageClick,
): Promise<boolean> {
  const own = (await messages({ subject: id })).filter(({ subject }) => subject === id);
  return (
    own.length === 0 ||
    own.some(({ channel, ts }) => ts === null || (ts === container.message_ts && channel === place.id))
  );
}

async function follow(parts: HomeParts, click: MessageClick, work: Work, respond: RespondFn): Promise<void> {
  const { reminders, now } = parts;
  const {
    user,
    actions: [chosen],
  } = click;
  if (!reminders) return;
  const tell = (text: string) => reply(respond, sentence(text));
  const act = { messageId: messageIdOf(chosen.block_id) ?? 0, by: user.id, now: now() };
  if (!(await standsAt(reminders, act.messageId, click))) {
    return void (await tell(REASONS.unknown_message));
  }
  const result = await work(parts, reminders.followUps, act, chosen);
  if (result === 'done') {
    await reminders.refresh();
    await republishHome(parts, user.id);
  } else if (result !== null) await tell(REASONS[result]);
}

/** A thing is done or will not be; for a new day a form asks. */
async function decide(parts: HomeParts, click: MessageClick, respond: RespondFn): Promise<void> {
  const { selected_option, value, block_id } = click.actions[0];
  const choice = readItemChoice(selected_option?.value ?? value ?? '');
  const messageId = messageIdOf(block_id);
  if (choice === null || messageId === null) return;
  const { series, decision } = choice;
  if (decision !== 'moved') {
    const work: Work = (_, followUps, act) =>
      decision === 'taken_back'
        ? followUps.takeBack(act, series)
        : followUps.decide(act, { series, decision });
    return follow(parts, click, work, respond);
  }
  const target: z.input<typeof MoveTarget> = { messageId, series, channel: click.channel.id };
  await parts.web.views
    .open({ trigger_id: click.trigger_id, view: moveForm(JSON.stringify(target)) })
    .catch(logged(parts.log, 'warn', 'form for a new day not opened'));
}

/** Which promise the form moves, and where its message stands. */
const MoveTarget = z.strictObject({
  messageId: z.int().positive(),
  series: z.string().min(1),
  channel: z.string().min(1),
});

async function move(parts: HomeParts, { user, view }: Submission): Promise<void> {
  const { reminders, now, log, poster } = parts;
  const { messageId, series, channel } = Json.pipe(MoveTarget).parse(view.private_metadata);
  const due = view.state.text(MOVE_FIELD);
  if (!reminders || due === null) return;
  const tell = (words: string) => poster.whisper({ channel, threadTs: null }, user.id, sentence(words));
  try {
    const act = { messageId, by: user.id, now: now() };
    const result = await reminders.followUps.decide(act, { series, decision: 'moved', due });
    if (result === 'done') await reminders.refresh();
    else await tell(result === 'past_day' ? PAST_DUE : REASONS[result]);
  } catch (error) {
    log.error(describeFault(error), 'follow-up not recorded');
    await tell(FAULT);
  }
}
