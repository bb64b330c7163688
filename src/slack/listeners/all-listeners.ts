import { choiceListeners } from './actions/choice.ts';
import { deleteListeners } from './actions/delete.ts';
import { feedbackListeners } from './actions/feedback.ts';
import { modalAnswerListeners } from './actions/modal-answer.ts';
import { pictureListeners } from './actions/picture.ts';
import { reminderListeners } from './actions/reminder.ts';
import { reportButtonListeners } from './actions/report.ts';
import { shareListeners } from './actions/share.ts';
import { summaryShareListeners } from './actions/share-summary.ts';
import { kpiCommandListeners } from './commands/kpi.ts';
import { channelSettingsListeners } from './commands/settings.ts';
import { homeListeners } from './events/app-home-opened.ts';
import { messageListeners } from './events/message.ts';
import { reactionListeners } from './events/reaction-added.ts';
import { homeQuestionListeners } from './home/ask-again.ts';
import { roleListeners } from './home/roles.ts';
import { homeSettingsListeners } from './home/settings.ts';
import type { Listener } from './listener.ts';
import { pickerListeners } from './options/pick.ts';
import type { ListenerParts } from './parts.ts';
import { reportShortcutListeners } from './shortcuts/report.ts';
import { messageSearchListeners } from './shortcuts/search-message.ts';
import { kpiFormListeners } from './views/kpi-form.ts';
import { reportFormListeners } from './views/report.ts';

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
