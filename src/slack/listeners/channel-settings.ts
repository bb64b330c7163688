import { setTimeout as wait } from 'node:timers/promises';
import type { RespondFn } from '@slack/bolt';
import { z } from 'zod';
import { dayInTokyo, fiscalYearOf } from '../../model/fiscal-year.ts';
import { type Member, mayReport } from '../../model/member.ts';
import { ChannelSettings } from '../../model/settings.ts';
import { reply } from '../delivery/private-reply.ts';
import { describeFault } from '../log.ts';
import { isDirect } from '../message-event.ts';
import { type FormValues, Json, type SlashCommand, Submission } from '../payloads.ts';
import { sentence } from '../views/card.ts';
import {
  CHANNEL_SETTINGS,
  channelSettingsForm,
  channelSettingsSaid,
  channelSettingsShown,
  SETTING_FIELDS,
  UNSET,
} from '../views/forms.ts';
import { type Listener, on } from './listener.ts';
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
    await reply(respond, sentence(NO_CHANNEL));
    return;
  }
  try {
    const settings = await parts.store.settings.ofChannel(channel);
    const member = await parts.store.members.get(user_id);
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
    await reply(respond, sentence(NOT_OPENED));
  }
}

function yearsFor({ fy }: ChannelSettings, now: Date): number[] {
  const next = fiscalYearOf(dayInTokyo(now)) + 1;
  const years = Array.from({ length: YEARS }, (_, index) => next - index).filter((year) => year > 0);
  return fy === null || years.includes(fy) ? years : [...years, fy];
}

export function channelSettingsListeners(parts: BaseParts): Listener[] {
  return [
    on(
      'view',
      CHANNEL_SETTINGS,
      Submission,
      async (submission, { ack }) => {
        const outcome = await Promise.race([save(parts, submission), wait(PATIENCE_MS).then(() => SLOW)]);
        await (outcome === REFUSED
          ? ack({ response_action: 'errors', errors: { [SETTING_FIELDS.branch]: REFUSED } })
          : ack({ response_action: 'update', view: channelSettingsSaid(outcome) }));
      },
      { acknowledges: true },
    ),
  ];
}

const SettingsTarget = Json.pipe(z.strictObject({ channel: z.string().min(1) }));

function settingsIn(values: FormValues): ChannelSettings {
  const { branch, fy, answerIn, speaks, reminders } = SETTING_FIELDS;
  const set = (field: string) => (values.text(field) === UNSET ? null : values.text(field));
  const year = set(fy);
  return ChannelSettings.parse({
    branch: set(branch),
    fy: year === null ? null : Number(year),
    answerIn: values.text(answerIn),
    speaks: values.text(speaks),
    reminders: values.text(reminders) === 'on',
  });
}

/** What came of it, in words. Rights are looked at again: they may have changed while the form was open. */
async function save({ store, now, log, catalogue }: BaseParts, { user, view }: Submission): Promise<string> {
  const { channel } = SettingsTarget.parse(view.private_metadata);
  const next = settingsIn(view.state);
  try {
    const before = await store.settings.ofChannel(channel);
    const member = await store.members.get(user.id);
    const isKnown = next.branch === null || catalogue.branches.some(({ name }) => name === next.branch);
    if (!isKnown || !maySet(member, before, next)) {
      const detail = 'チャンネルの設定の変更';
      await store.audit.append({ action: 'refused', actor: user.id, subject: channel, detail }, now());
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
