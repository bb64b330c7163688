import { answerActionListeners } from './answer-actions.ts';
import { channelSettingsListeners } from './channel-settings.ts';
import { deleteListeners } from './delete-answer.ts';
import { feedbackListeners } from './feedback.ts';
import { homeListeners } from './home.ts';
import { homeActionListeners } from './home-actions.ts';
import { kpiCommandListeners } from './kpi-command.ts';
import { kpiFormListeners } from './kpi-form.ts';
import type { Listener } from './listener.ts';
import type { ListenerParts } from './listener-parts.ts';
import { messageListeners } from './messages.ts';
import { reminderListeners } from './reminder.ts';
import { reportListeners } from './report-form.ts';
import { messageSearchListeners } from './search-message.ts';
import { summaryShareListeners } from './summary.ts';

/** All that planbot listens to. */
export function allListeners(parts: ListenerParts): Listener[] {
  return [
    messageListeners,
    answerActionListeners,
    deleteListeners,
    feedbackListeners,
    homeListeners,
    homeActionListeners,
    kpiCommandListeners,
    kpiFormListeners,
    channelSettingsListeners,
    summaryShareListeners,
    messageSearchListeners,
    reminderListeners,
    reportListeners,
  ].flatMap((listeners) => listeners(parts));
}
