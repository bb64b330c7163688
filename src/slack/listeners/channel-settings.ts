import { setTimeout as wait } from 'node:timers/promises';
import type { RespondFn } from '@slack/bolt';
import { z } from 'zod';
import { dayInTokyo, FiscalYear, fiscalYearOf } from '../../model/fiscal-year.ts';
import { type Member, mayReport } from '../../model/member.ts';
import type { ChannelSettings } from '../../model/settings.ts';
import { reply } from '../delivery/private-reply.ts';
import { describeFault } from '../log-fault.ts';
import { isDirect } from '../message-event.ts';
import type { SlashCommand } from '../payloads.ts';
import { Json } from '../payloads.ts';
import { sentence } from '../views/card.ts';
import {
  CHANNEL_SETTINGS,
  channelSettingsForm,
  channelSettingsSaid,
  channelSettingsShown,
  SETTING_FIELDS,
  UNSET,
} from '../views/channel-settings.ts';
import { type Listener, listener } from './listener.ts';
import type { BaseParts } from './listener-parts.ts';

const NO_CHANNEL =
  'チャンネルの設定は、設定したいチャンネルで「/kpi 設定」と入力してください。ご自分の支部は、planbotの「ホーム」で設定できます。';
const NOT_OPENED = '設定の画面を開けませんでした。もう一度「/kpi 設定」と入力してください。';
const REFUSED = 'この支部のチャンネルにできるのは、管理者とその支部の報告者です。';
const SAVED = '✓ 保存しました。次の質問から、この設定でお答えします。';
const FAULT = '申し訳ありません。保存できませんでした。少し時間をおいて、もう一度お試しください。';
const SLOW = '保存に時間がかかっています。少し時間をおいて「/kpi 設定」で確かめてください。';
/** Slack waits 3 seconds for the acknowledgement that says what came of it. */
const PATIENCE_MS = 2_000;
/** The coming year, for plans made ahead, and the years before. */
const YEARS = 7;

/** /kpi 設定: the settings of the channel it is typed in, to change or to look at. */
export async function openChannelSettings(
  parts: BaseParts,
  { channel_id: channel, user_id, trigger_id }: SlashCommand,
  respond: RespondFn,
): Promise<void> {
  if (isDirect(channel)) {
    await reply(respond, sentence(NO_CHANNEL), { response_type: 'ephemeral' });
    return;
  }
  try {
    const [settings, member] = [
      await parts.store.settings.ofChannel(channel),
      await parts.store.members.get(user_id),
    ];
    const branches = settableBranches(member, settings);
    const unset = { asker: null, channel, settings: { ...settings, branch: null } };
    const { branch: found = null } = await parts.questionDefaults(unset);
    const view =
      branches?.length === 0
        ? channelSettingsShown(settings, found)
        : channelSettingsForm({
            settings,
            found,
            branches: branches ?? parts.catalogue.branches.map(({ name }) => name),
            years: yearsFor(settings, parts.now()),
            metadata: JSON.stringify({ channel }),
          });
    await parts.web.views.open({ trigger_id, view });
  } catch (error) {
    parts.log.warn(describeFault(error), 'settings not opened');
    await reply(respond, sentence(NOT_OPENED), { response_type: 'ephemeral' });
  }
}

function yearsFor({ fy }: ChannelSettings, now: Date): number[] {
  const next = fiscalYearOf(dayInTokyo(now)) + 1;
  const years = Array.from({ length: YEARS }, (_, index) => next - index).filter((year) => year > 0);
  return fy === null || years.includes(fy) ? years : [...years, fy];
}

export function channelSettingsListeners(parts: BaseParts): Listener[] {
  return [
    listener({
      on: 'view',
      id: CHANNEL_SETTINGS,
      schema: SettingsSubmission,
      acknowledges: true,
      async handle(submission, { ack }) {
        const outcome = await Promise.race([save(parts, submission), wait(PATIENCE_MS).then(() => SLOW)]);
        await (outcome === REFUSED
          ? ack({ response_action: 'errors', errors: { [SETTING_FIELDS.branch]: REFUSED } })
          : ack({ response_action: 'update', view: channelSettingsSaid(outcome) }));
      },
    }),
  ];
}

/** What came of it, in words. Rights are looked at again: they may have changed while the form was open. */
async function save(
  { store, now, log, catalogue }: BaseParts,
  { user, view }: SettingsSubmission,
): Promise<string> {
  const { channel } = view.private_metadata;
  const next: ChannelSettings = view.state.values;
  try {
    const [before, member] = [await store.settings.ofChannel(channel), await store.members.get(user.id)];
    const isKnown = next.branch === null || catalogue.branches.some(({ name }) => name === next.branch);
    if (!isKnown || !maySet(member, before, next)) {
      const refusal = {
        action: 'refused',
        actor: user.id,
        subject: channel,
        detail: 'チャンネルの設定の変更',
      } as const;
      await store.audit.append(refusal, now());
      return REFUSED;
    }
    await store.settings.saveChannel(channel, next, user.id, now());
    return SAVED;
  } catch (error) {
    log.error(describeFault(error), 'settings not saved');
    return FAULT;
  }
}

/**
 * Which branches somebody may make a channel's: null is any, an empty list means that they may set nothing there.
 * Who reports for a branch may set up its channel, and one that is no branch's yet.
 */
function settableBranches(member: Member, { branch }: ChannelSettings): readonly string[] | null {
  if (member.role === 'admin') {
    return null;
  }
  return branch === null || mayReport(member, branch) ? member.branches : [];
}

/** Whether somebody may change the settings of a channel from what they are to what is given. */
function maySet(member: Member, before: ChannelSettings, next: ChannelSettings): boolean {
  const branches = settableBranches(member, before);
  if (branches === null) {
    return true;
  }
  return branches.length > 0 && (next.branch === null || branches.includes(next.branch));
}

const Chosen = <T extends z.ZodType>(value: T) => z.object({ selected_option: z.object({ value }) });

const Year = z.union([
  z.literal(UNSET).transform(() => null),
  z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(FiscalYear),
]);

const { branch, fy, answerIn, speaks, reminders } = SETTING_FIELDS;

/** The form of a channel's settings, sent off. */
export const SettingsSubmission = z.object({
  user: z.object({ id: z.string().min(1) }),
  view: z.object({
    private_metadata: Json.pipe(z.strictObject({ channel: z.string().min(1) })),
    state: z.object({
      values: z
        .object({
          [branch]: z.object({ [branch]: Chosen(z.string().min(1)) }),
          [fy]: z.object({ [fy]: Chosen(Year) }),
          [answerIn]: z.object({ [answerIn]: Chosen(z.enum(['thread', 'ephemeral'])) }),
          [speaks]: z.object({ [speaks]: Chosen(z.enum(['in_threads', 'when_called'])) }),
          [reminders]: z.object({ [reminders]: Chosen(z.enum(['on', 'off'])) }),
        })
        .transform((values) => {
          const name = values[branch][branch].selected_option.value;
          return {
            branch: name === UNSET ? null : name,
            fy: values[fy][fy].selected_option.value,
            answerIn: values[answerIn][answerIn].selected_option.value,
            speaks: values[speaks][speaks].selected_option.value,
            reminders: values[reminders][reminders].selected_option.value === 'on',
          };
        }),
    }),
  }),
});
export type SettingsSubmission = z.infer<typeof SettingsSubmission>;
