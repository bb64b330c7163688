import { Member } from '../../../model/member.ts';
import { describeFault } from '../../log-fault.ts';
import { HomeChoice, RoleSubmission } from '../../payloads/home-payloads.ts';
import { HOME_ROLE_ACTION } from '../../views/home-admin.ts';
import { ROLE_FIELDS, ROLE_FORM, roleForm } from '../../views/role-form.ts';
import { type Listener, listener } from '../listener.ts';
import type { HomeParts } from '../parts.ts';
import { republishHome } from './publish-home.ts';

const NOT_ADMIN = '役割を設定できるのは、管理者だけです。';
const FAULT = '保存できませんでした。少し時間をおいて、もう一度お試しください。';

/** Admins say who may do what. Who is one is asked again when the form is sent. */
export function roleListeners(parts: HomeParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: HOME_ROLE_ACTION,
      schema: HomeChoice,
      handle: (choice) => openRoles(parts, choice),
    }),
    listener({
      on: 'view',
      id: ROLE_FORM,
      schema: RoleSubmission,
      acknowledges: true,
      async handle(submission, { ack }) {
        const errors = await save(parts, submission);
        if (errors !== null) return ack({ response_action: 'errors', errors });
        await ack();
        const changed = memberIn(submission)?.user ?? submission.user.id;
        await Promise.all(
          [...new Set([submission.user.id, changed])].map((user) => republishHome(parts, user)),
        );
      },
    }),
  ];
}

async function openRoles(parts: HomeParts, { user, trigger_id }: HomeChoice): Promise<void> {
  const { web, store, catalogue, log } = parts;
  if ((await store.member(user.id)).role !== 'admin') return republishHome(parts, user.id);
  await web.views.open({ trigger_id, view: roleForm(catalogue) }).catch((error: unknown) => {
    log.warn(describeFault(error), 'form not opened');
  });
}

function memberIn({ view: { state } }: RoleSubmission): Member | null {
  const { values } = state;
  const role = values[ROLE_FIELDS.role][ROLE_FIELDS.role].selected_option?.value;
  const branches = values[ROLE_FIELDS.branches][ROLE_FIELDS.branches].selected_options ?? [];
  const read = Member.safeParse({
    user: values[ROLE_FIELDS.user][ROLE_FIELDS.user].selected_user,
    role,
    branches: role === 'reporter' ? branches.map(({ value }) => value) : [],
  });
  return read.success ? read.data : null;
}

/** Null where it was saved; else what to say at which field. */
async function save(parts: HomeParts, submission: RoleSubmission): Promise<Record<string, string> | null> {
  const { store, catalogue, now, log } = parts;
  const by = submission.user.id;
  const member = memberIn(submission);
  if (member === null) return { [ROLE_FIELDS.user]: '人と役割を選んでください。' };
  try {
    if ((await store.member(by)).role !== 'admin') {
      const refusal = { action: 'refused' as const, actor: by, subject: member.user, detail: NOT_ADMIN };
      await store.appendAudit(refusal, now());
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
    await store.saveMember(member, by, now());
    return null;
  } catch (error) {
    log.error(describeFault(error), 'role not saved');
    return { [ROLE_FIELDS.user]: FAULT };
  }
}

async function isLastAdmin({ store }: HomeParts, user: string): Promise<boolean> {
  const admins = (await store.members()).filter(({ role }) => role === 'admin');
  return admins.length === 1 && admins[0]?.user === user;
}
