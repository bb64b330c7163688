import type { AuditLog } from '../model/audit.ts';
import type { FeedbackBox } from '../model/feedback.ts';
import type { Members } from '../model/member.ts';
import type { AnswerLedger } from '../model/posted-answer.ts';
import type { ThreadContext } from '../model/question.ts';
import type { SettingsBook } from '../model/settings.ts';

/** What a conversation keeps between messages; the store has it. */
export interface ConversationMemory {
  /** Null for a thread that is new or faded. */
  loadThread(key: string): Promise<ThreadContext | null>;
  saveThread(key: string, context: ThreadContext, now: Date): Promise<void>;
  /** True the first time a key comes, to any process. */
  markEventSeen(key: string, now: Date): Promise<boolean>;
  keepUnanswered(
    entry: { question: string; understood: string; outcome: 'clarify' | 'not_found' },
    now: Date,
  ): Promise<void>;
}

/** All that the Slack app keeps; the store has it. */
export type SlackStore = ConversationMemory & Members & AuditLog & SettingsBook & FeedbackBox & AnswerLedger;
