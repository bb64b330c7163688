import type { RespondFn } from '@slack/bolt';
import { z } from 'zod';
import type { FollowUpAction, FollowUpResult, FollowUps } from '../../reminders/follow-up.ts';
import { snoozeDay } from '../../reminders/follow-up.ts';
import { describeFault } from '../log-fault.ts';
import type { ReminderControls } from '../reminder-controls.ts';
import { sentence } from '../views/card.ts';
import {
  MOVE_FIELD,
  MOVE_FORM,
  MoveTarget,
  messageIdOf,
  moveForm,
  REMINDER_ACTIONS,
  readItemChoice,
} from '../views/reminder.ts';
import { republishHome } from './home.ts';
import { type Listener, listener } from './listener.ts';
import type { HomeParts } from './listener-parts.ts';

const ReminderClick = z.object({
  trigger_id: z.string().min(1),
  user: z.object({ id: z.string().min(1) }),
  container: z.object({ channel_id: z.string().min(1), message_ts: z.string().min(1) }),
  actions: z
    .array(
      z.object({
        block_id: z.string(),
        value: z.string().nullish(),
        selected_option: z.object({ value: z.string() }).nullish(),
        selected_date: z.iso.date().nullish(),
        selected_user: z.string().nullish(),
      }),
    )
    .min(1),
});
type ReminderClick = z.infer<typeof ReminderClick>;

const MoveSubmission = z.object({
  user: z.object({ id: z.string().min(1) }),
  view: z.object({
    private_metadata: z.string().transform((text) => MoveTarget.parse(JSON.parse(text))),
    state: z.object({
      values: z.object({
        [MOVE_FIELD]: z.object({ [MOVE_FIELD]: z.object({ selected_date: z.iso.date().nullish() }) }),
      }),
    }),
  }),
});

type Chosen = ReminderClick['actions'][number];
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
      listener({
        on: 'action',
        id,
        schema: ReminderClick,
        apology: FAULT,
        handle: (click, { respond }) => follow(parts, click, work, respond),
      }),
    ),
    listener({
      on: 'action',
      id: REMINDER_ACTIONS.decide,
      schema: ReminderClick,
      apology: FAULT,
      handle: (click, { respond }) => decide(parts, click, respond),
    }),
    listener({
      on: 'view',
      id: MOVE_FORM,
      schema: MoveSubmission,
      handle: (submission) => move(parts, submission),
    }),
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
  const found = await web.users.info({ user: assignee }).catch((error: unknown) => {
    log.warn(describeFault(error), 'cannot tell who is to take a reminder over');
    return null;
  });
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
  { channel_id, message_ts }: ReminderClick['container'],
): Promise<boolean> {
  const own = (await messages({ subject: id })).filter(({ subject }) => subject === id);
  return (
    own.length === 0 ||
    own.some(({ channel, ts }) => ts === null || (ts === message_ts && channel === channel_id))
  );
}

async function follow(
  parts: HomeParts,
  { user, container, actions }: ReminderClick,
  work: Work,
  respond: RespondFn,
): Promise<void> {
  const { reminders, now } = parts;
  const [click] = actions;
  if (!reminders || !click) return;
  const tell = (text: string) => respond({ response_type: 'ephemeral', replace_original: false, text });
  const act = { messageId: messageIdOf(click.block_id) ?? 0, by: user.id, now: now() };
  if (!(await standsAt(reminders, act.messageId, container)))
    return void (await tell(REASONS.unknown_message));
  const result = await work(parts, reminders.followUps, act, click);
  if (result === 'done') {
    await reminders.refresh();
    await republishHome(parts, user.id);
  } else if (result !== null) await tell(REASONS[result]);
}

/** A thing is done or will not be; for a new day a form asks. */
async function decide(parts: HomeParts, click: ReminderClick, respond: RespondFn): Promise<void> {
  const [action] = click.actions;
  const choice = readItemChoice(action?.selected_option?.value ?? action?.value ?? '');
  const messageId = messageIdOf(action?.block_id ?? '');
  if (choice === null || messageId === null) return;
  const { series, decision } = choice;
  if (decision !== 'moved') {
    const work: Work = (_, followUps, act) =>
      decision === 'taken_back'
        ? followUps.takeBack(act, series)
        : followUps.decide(act, { series, decision });
    return follow(parts, click, work, respond);
  }
  const view = moveForm({ messageId, series, channel: click.container.channel_id });
  await parts.web.views.open({ trigger_id: click.trigger_id, view }).catch((error: unknown) => {
    parts.log.warn(describeFault(error), 'form for a new day not opened');
  });
}

async function move(parts: HomeParts, { user, view }: z.infer<typeof MoveSubmission>): Promise<void> {
  const { reminders, now, log, poster } = parts;
  const { messageId, series, channel } = view.private_metadata;
  const due = view.state.values[MOVE_FIELD]?.[MOVE_FIELD]?.selected_date;
  if (!reminders || !due) return;
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
