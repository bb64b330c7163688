import type { ThreadContext } from '../model/question.ts';

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
