import { listenToChoices } from './actions/choice.ts';
import { listenToReminders } from './actions/reminder.ts';
import { listenToShares } from './actions/share.ts';
import { listenToKpiCommand } from './commands/kpi.ts';
import { listenToHome } from './events/app-home-opened.ts';
import { listenToMentions } from './events/app-mention.ts';
import { listenToMessages } from './events/message.ts';
import type { ListenerParts } from './parts.ts';

export function registerListeners(parts: ListenerParts): void {
  listenToMentions(parts);
  listenToMessages(parts);
  listenToHome(parts);
  listenToChoices(parts);
  listenToShares(parts);
  listenToReminders(parts);
  listenToKpiCommand(parts);
}
