import { DEFAULT_PERSON, type PersonSettings } from '../../../model/settings.ts';
import { describeFault } from '../../log-fault.ts';
import { HomeChoice } from '../../payloads/home-payloads.ts';
import { HOME_SETTINGS, NO_BRANCH } from '../../views/home-settings.ts';
import { type Listener, listener } from '../listener.ts';
import type { ListenerParts } from '../parts.ts';
import { republishHome } from './publish-home.ts';

type Chosen = HomeChoice['actions'][number];

/** My branch, and whether its reminders come to me as well: saved at once, and shown. */
export function homeSettingsListeners(parts: ListenerParts): Listener[] {
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

async function change(
  parts: ListenerParts,
  { user, actions }: HomeChoice,
  make: (before: PersonSettings, chosen: Chosen) => PersonSettings,
): Promise<void> {
  const { store, now, log } = parts;
  const [chosen] = actions;
  if (chosen === undefined) return;
  try {
    const settings = make(await store.personSettings(user.id), chosen);
    await store.savePersonSettings(user.id, settings, now());
  } catch (error) {
    log.error(describeFault(error), 'setting not saved');
  }
  // Also where it was not saved: the tab then shows again what holds.
  await republishHome(parts, user.id);
}
