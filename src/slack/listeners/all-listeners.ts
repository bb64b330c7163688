import {
  choiceListeners,
  deleteListeners,
  modalAnswerListeners,
  pictureListeners,
  shareListeners,
} from './answer-actions.ts';
import { channelSettingsListeners } from './channel-settings.ts';
import { feedbackListeners } from './feedback.ts';
import { homeListeners } from './home.ts';
import { homeQuestionListeners, homeSettingsListeners, roleListeners } from './home-actions.ts';
import { kpiCommandListeners } from './kpi-command.ts';
import { kpiFormListeners } from './kpi-form.ts';
import type { Listener } from './listener.ts';
import type { ListenerParts } from './listener-parts.ts';
import { messageListeners, reactionListeners } from './messages.ts';
import { pickerListeners } from './pickers.ts';
import { reminderListeners } from './reminder.ts';
import { reportButtonListeners, reportFormListeners, reportShortcutListeners } from './report-form.ts';
import { messageSearchListeners } from './search-message.ts';
import { summaryShareListeners } from './summary.ts';

/** All that planbot listens to. */
export function allListeners(parts: ListenerParts): Listener[] {
  return [
    messageListeners,
    reactionListeners,
    homeListeners,
    choiceListeners,
    shareListeners,
    feedbackListeners,
    pictureListeners,
    deleteListeners,
    reminderListeners,
    reportButtonListeners,
    reportShortcutListeners,
    reportFormListeners,
    kpiCommandListeners,
    channelSettingsListeners,
    kpiFormListeners,
    pickerListeners,
    modalAnswerListeners,
    summaryShareListeners,
    messageSearchListeners,
    homeSettingsListeners,
    homeQuestionListeners,
    roleListeners,
  ].flatMap((listeners) => listeners(parts));
}
