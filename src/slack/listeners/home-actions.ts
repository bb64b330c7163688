import { formatBranch } from '../../model/branch.ts';
import { Member } from '../../model/member.ts';
import { DEFAULT_PERSON, type PersonSettings } from '../../model/settings.ts';
import { chosenKpi, questionOf } from '../button-question.ts';
import { reply } from '../delivery/private-reply.ts';
import { updateView } from '../delivery/update-view.ts';
import { describeFault, logged } from '../log.ts';
import { isDirect } from '../message-event.ts';
import { Click, Submission } from '../payloads.ts';
import { answerModal, modalPanel, postedAnswer, waitingModal } from '../views/answer-surfaces.ts';
import type { Rendered } from '../views/blocks.ts';
import { sentence } from '../views/card.ts';
import { BRANCH_OFFER_ACTION } from '../views/choices.ts';
import { ROLE_FIELDS, ROLE_FORM, roleForm } from '../views/forms.ts';
import {
  HOME_ASK_ACTION,
  HOME_KPI_ACTION,
  HOME_ROLE_ACTION,
  HOME_SETTINGS,
  NO_BRANCH,
} from '../views/home.ts';
import { offerPrompts, republishHome } from './home.ts';
import { type Listener, on } from './listener.ts';
import type { HomeParts, ListenerParts } from './listener-parts.ts';

const FAULT = '申し訳ありません。うまく調べられませんでした。少し時間をおいて、もう一度お試しください。';

/**
 * What people do in their Home tab. A KPI is answered in a modal, a recent question in the direct message; settings are
 * saved at once, and shown. Admins say who may do what: who is one is asked again when the form is sent.
 */
export function homeActionListeners(parts: ListenerParts): Listener[] {
  const { catalogue } = parts;
  return [
    on('action', HOME_KPI_ACTION, Click, (choice) => showKpi(parts, choice)),
    on('action', HOME_ASK_ACTION, Click, (choice) => askAgain(parts, choice)),
    on('action', HOME_SETTINGS.branch, Click, (choice) =>
      change(parts, choice, (before, { selected_option }) => {
        const chosen = selected_option?.value;
        if (chosen === NO_BRANCH) return DEFAULT_PERSON;
        return catalogue.branches.some(({ name }) => name === chosen)
          ? { ...before, branch: chosen ?? null }
          : before;
      }),
    ),
    on('action', BRANCH_OFFER_ACTION, Click, async (choice, { respond }) => {
      const branch = choice.actions[0].selected_option?.value;
      if (branch === undefined || !catalogue.branches.some(({ name }) => name === branch)) return;
      const isSaved = await change(parts, choice, (before) => ({ ...before, branch }));
      await reply(respond, sentence(isSaved ? chosenText(branch) : NOT_SAVED));
      const channel = choice.channel?.id;
      if (!isSaved || channel === undefined || !isDirect(channel)) return;
      await offerPrompts(parts, { user: choice.user.id, channel }).catch(
        logged(parts.log, 'warn', 'prompts of a branch not offered'),
      );
    }),
    on('action', HOME_SETTINGS.notices, Click, (choice) =>
      change(parts, choice, (before, { selected_options }) => ({
        ...before,
        notices: (selected_options ?? []).length > 0,
      })),
    ),
    on('action', HOME_ROLE_ACTION, Click, (choice) => openRoles(parts, choice)),
    on(
      'view',
      ROLE_FORM,
      Submission,
      async (submission, { ack }) => {
        const errors = await save(parts, submission);
        if (errors !== null) return ack({ response_action: 'errors', errors });
        await ack();
        const changed = memberIn(submission)?.user ?? submission.user.id;
        await Promise.all(
          [...new Set([submission.user.id, changed])].map((user) => republishHome(parts, user)),
        );
      },
      { acknowledges: true },
    ),
  ];
}

/** A trigger lives 3 seconds: the modal opens at once and is filled when the answer is there. */
async function showKpi(parts: ListenerParts, { user, trigger_id, actions }: Click): Promise<void> {
  const { web, store, converse, log } = parts;
  const indicator = actions[0].selected_option?.value;
  if (indicator === undefined) return;
  const metadata = JSON.stringify({ channel: null });
  const opened = await web.views
    .open({ trigger_id, view: waitingModal({ close: '閉じる', metadata }) })
    .catch(logged(log, 'warn', 'modal not opened'));
  const id = opened?.view?.id;
  if (id === undefined) return;
  const show = async (message: Rendered) => {
    await updateView(web, id, answerModal({ message, close: '閉じる', metadata }));
    return null;
  };
  const settings = await store.settings.ofPerson(user.id).catch(logged(log, 'error', 'branch not read'));
  if (settings === null) return void (await show(sentence(FAULT)));
  await converse({
    ...chosenKpi(settings.branch, null, indicator),
    asker: user.id,
    channel: null,
    threadKey: null,
    continues: false,
    render: (asked) => modalPanel(asked, null),
    show,
    request: `home:${trigger_id}`,
  });
}

async function askAgain({ converse, poster }: ListenerParts, { user, actions }: Click): Promise<void> {
  const { value, action_ts } = actions[0];
  if (!value) return;
  const place = await poster.direct(user.id);
  const request = `home:${user.id}:${action_ts}`;
  await converse({
    ...questionOf(value),
    asker: user.id,
    channel: null,
    threadKey: null,
    opensThread: true,
    continues: false,
    render: postedAnswer(user.id),
    show: (message) => poster.post(place, message, request),
    request,
  });
}

const NOT_SAVED = '申し訳ありません。保存できませんでした。少し時間をおいて、もう一度お試しください。';

function chosenText(branch: string): string {
  return `担当の支部を${formatBranch(branch)}にしました。支部名のない質問には、${formatBranch(branch)}でお答えします。変えるときは「ホーム」の「設定」からどうぞ。`;
}

/** Whether it was saved. */
async function change(
  parts: HomeParts,
  { user, actions }: Click,
  make: (before: PersonSettings, chosen: Click['actions'][0]) => PersonSettings,
): Promise<boolean> {
  const { store, now, log } = parts;
  const save = async () => {
    const settings = make(await store.settings.ofPerson(user.id), actions[0]);
    await store.settings.savePerson(user.id, settings, now());
    return true;
  };
  const isSaved = await save().catch(logged(log, 'error', 'setting not saved'));
  // Also where it was not saved: the tab then shows again what holds.
  await republishHome(parts, user.id);
  return isSaved ?? false;
}

const NOT_ADMIN = '役割を設定できるのは、管理者だけです。';
const ROLE_FAULT = '保存できませんでした。少し時間をおいて、もう一度お試しください。';

async function openRoles(parts: HomeParts, { user, trigger_id }: Click): Promise<void> {
  const { web, store, catalogue, log } = parts;
  if ((await store.members.get(user.id)).role !== 'admin') return republishHome(parts, user.id);
  await web.views
    .open({ trigger_id, view: roleForm(catalogue) })
    .catch(logged(log, 'warn', 'form not opened'));
}

function memberIn({ view: { state: values } }: Submission): Member | null {
  const role = values.text(ROLE_FIELDS.role);
  const read = Member.safeParse({
    user: values.text(ROLE_FIELDS.user),
    role,
    branches: role === 'reporter' ? values.many(ROLE_FIELDS.branches) : [],
  });
  return read.success ? read.data : null;
}

/** Null where it was saved; else what to say at which field. */
async function save(parts: HomeParts, submission: Submission): Promise<Record<string, string> | null> {
  const { store, catalogue, now, log } = parts;
  const by = submission.user.id;
  const member = memberIn(submission);
  if (member === null) return { [ROLE_FIELDS.user]: '人と役割を選んでください。' };
  try {
    if ((await store.members.get(by)).role !== 'admin') {
      const subject = member.user;
      await store.audit.append({ action: 'refused', actor: by, subject, detail: NOT_ADMIN }, now());
      return { [ROLE_FIELDS.user]: NOT_ADMIN };
    }
    const known = new Set(catalogue.branches.map(({ name }) => name));
    if (member.role === 'reporter' && member.branches.length === 0) {
      return { [ROLE_FIELDS.branches]: '報告者には、報告する支部を1つ以上選んでください。' };
    }
    if (!member.branches.every((branch) => known.has(branch))) {
      return { [ROLE_FIELDS.branches]: '支部を一覧から選んでください。' };
    }
    if (member.role !== 'admin' && (await isLastAdmin(parts, member.user))) {
      return {
        [ROLE_FIELDS.role]: '管理者がいなくなるため、変更できません。先に別の管理者を登録してください。',
      };
    }
    await store.members.save(member, by, now());
    return null;
  } catch (error) {
    log.error(describeFault(error), 'role not saved');
    return { [ROLE_FIELDS.user]: ROLE_FAULT };
  }
}

async function isLastAdmin({ store }: HomeParts, user: string): Promise<boolean> {
  const admins = (await store.members.list()).filter(({ role }) => role === 'admin');
  return admins.length === 1 && admins[0]?.user === user;
}
