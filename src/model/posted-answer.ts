/** An answer that was shown, and the question it belongs to: for edits, deletes and feedback, over restarts. */
export interface PostedAnswer {
  channel: string;
  /** Of the answer; `private:` and a name where only the asker saw it and Slack keeps no message. */
  ts: string;
  /** Of the message that asked; null for a command, a button or a shortcut. */
  questionTs: string | null;
  /** Who asked. */
  asker: string;
  /** The query as it was understood, encoded; a question in words where an older version wrote it. */
  asked: string;
}

export interface PostedAnswers {
  /** Also lets answers fade that are older than four weeks. */
  save(answer: PostedAnswer, now: Date): Promise<void>;
  find(channel: string, ts: string): Promise<PostedAnswer | null>;
  /** All answers to one message, oldest first. */
  answersTo(channel: string, questionTs: string): Promise<PostedAnswer[]>;
  remove(channel: string, ts: string): Promise<void>;
  /** What a person asked last, newest first, each question once. */
  recentQuestions(user: string, limit: number): Promise<string[]>;
}
