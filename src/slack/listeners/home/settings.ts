import { formatBranch } from '../../../model/branch.ts';
import { DEFAULT_PERSON, type PersonSettings } from '../../../model/settings.ts';
import { reply } from '../../delivery/private-reply.ts';
import { describeFault } from '../../log-fault.ts';
import { HomeChoice } from '../../payloads/home-payloads.ts';
import { sentence } from '../../views/answer-view.ts';
import { BRANCH_OFFER_ACTION } from '../../views/branch-offer.ts';
import { HOME_SETTINGS, NO_BRANCH } from '../../views/home-settings.ts';
import { type Listener, listener } from '../listener.ts';
import type { HomeParts } from '../parts.ts';
import { republishHome } from './publish-home.ts';

const NOT_SAVED = '申し訳ありません。保存できませんでした。少し時間をおいて、もう一度お試しください。';

type Chosen = HomeChoice['actions'][number];

/** My branch, and whether its reminders come to me as well: saved at once, and shown. */
export function homeSettingsListeners(parts: HomeParts): Listener[] {
  const { catalogue } = parts;
  return [
    listener({
      on: 'action',
      id: HOME_SETTINGS.branch,
      schema: HomeChoice,
      handle: (choice) =>
        change(parts, choice, (before, { selected_option }) => {
          const chosen = selected_option?.value;
          if (chosen === NO_BRANCH) return DEFAULT_PERSON;
          return catalogue.branches.some(({ name }) => name === chosen)
            ? { ...before, branch: chosen ?? null }
            : before;
        }),
    }),
    listener({
      on: 'action',
      id: BRANCH_OFFER_ACTION,
      schema: HomeChoice,
      async handle(choice, { respond }) {
        const branch = choice.actions[0]?.selected_option?.value;
        if (branch === undefined || !catalogue.branches.some(({ name }) => name === branch)) return;
        const isSaved = await change(parts, choice, (before) => ({ ...before, branch }));
        await reply(respond, sentence(isSaved ? chosenText(branch) : NOT_SAVED), {
          response_type: 'ephemeral',
          replace_original: false,
        });
      },
    }),
    listener({
      on: 'action',
      id: HOME_SETTINGS.notices,
      schema: HomeChoice,
      handle: (choice) =>
        change(parts, choice, (before, { selected_options }) => ({
          ...before,
          notices: (selected_options ?? []).length > 0,
        })),
    }),
  ];
}

function chosenText(branch: string): string {
  return `担当の支部を${formatBranch(branch)}にしました。支部名のない質問には、${formatBranch(branch)}でお答えします。変えるときは「ホーム」の「設定」からどうぞ。`;
}

/** Whether it was saved. */
async function change(
  parts: HomeParts,
  { user, actions }: HomeChoice,
  make: (before: PersonSettings, chosen: Chosen) => PersonSettings,
): Promise<boolean> {
  const { store, now, log } = parts;
  const [chosen] = actions;
  if (chosen === undefined) return false;
  let isSaved = false;
  try {
    const settings = make(await store.personSettings(user.id), chosen);
    await store.savePersonSettings(user.id, settings, now());
    isSaved = true;
  } catch (error) {
    log.error(describeFault(error), 'setting not saved');
  }
  // Also where it was not saved: the tab then shows again what holds.
  await republishHome(parts, user.id);
  return isSaved;
}
