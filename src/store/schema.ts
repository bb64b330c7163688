import type { Generated } from 'kysely';

/**
 * Tables as queries name them; in the database the names are in snake_case. Lists and objects are JSON text; times are
 * ISO 8601 in UTC.
 */
export interface StoreSchema {
  document: {
    file: string;
    layout: string;
    digest: string;
    ingestedAt: string;
  };
  documentPart: PlacedRow;
  kpi: SourcedRow & { indicator: string };
  referenceActual: SourcedRow & { indicator: string };
  measure: SourcedRow;
  budgetLine: SourcedRow;
  commitment: SourcedRow;
  periodCount: SourcedRow;
  passage: PlacedRow & { firstLine: number };
  /** One table file that was imported. */
  figureImport: {
    id: Generated<number>;
    kind: string;
    file: string;
    /** SHA-256 of the file, hexadecimal. */
    digest: string;
    importedAt: string;
    importedBy: string | null;
  };
  /** Every row that was ever imported: nothing is overwritten, so that the history is the table itself. */
  reportedFigure: {
    id: Generated<number>;
    kind: string;
    /** What the row is about; see `reportedKey`. */
    rowKey: string;
    /** The row, as JSON text. */
    body: string;
    line: number;
    importId: number;
    /** The import whose row took this one's place or withdrew it; null for what holds now. */
    replacedBy: number | null;
  };
  /** One message to one place, with the state of its delivery and what became of it. */
  reminderMessage: {
    id: Generated<number>;
    messageKey: string;
    /** The message in whose thread it stands. */
    parentId: number | null;
    audience: string;
    branch: string;
    content: string;
    state: string;
    /** The process that has it, and until when. */
    holder: string | null;
    claimedAt: string | null;
    leaseUntil: string | null;
    attempts: number;
    retryAt: string | null;
    route: number;
    fault: string | null;
    channel: string | null;
    ts: string | null;
    createdAt: string;
    sentAt: string | null;
    followUp: string;
    followedBy: string | null;
    followedAt: string | null;
    snoozedUntil: string | null;
    assignee: string | null;
    escalatedAt: string | null;
    /** Grows with every change that a reader should see; `shownVersion` is what Slack shows. */
    version: number;
    shownVersion: number;
    /** The channel or user that it went to, where `channel` is the direct message with them. */
    recipient: string | null;
    /** The message that it repeats, to one reader; null for a message of its own. */
    copyOf: number | null;
    reader: string | null;
  };
  /** One occurrence: its key is never used again. */
  reminderItem: {
    itemKey: string;
    messageId: number;
    series: string;
    rank: number;
    body: string;
    foundAt: string;
    resolvedAt: string | null;
    /** The facts that it speaks of, out of its body; null in what was kept before they were. */
    version: string | null;
    /** How it ended, where it did; null where a newer message goes on with it. */
    ending: string | null;
  };
  /** What a person decided of a thing: the newest holds. */
  reminderDecision: {
    series: string;
    decision: string;
    /** The state of the thing that it was decided of; null where it holds whatever comes. */
    version: string | null;
    /** The new day of what was put off. */
    due: string | null;
    decidedBy: string;
    decidedAt: string;
  };
  thread: {
    threadKey: string;
    context: string;
    savedAt: string;
  };
  unanswered: {
    askedAt: string;
    question: string;
    understood: string;
    outcome: string;
  };
  member: {
    user: string;
    role: string;
    branches: string;
    savedAt: string;
  };
  auditEntry: {
    id: Generated<number>;
    at: string;
    action: string;
    actor: string;
    subject: string;
    detail: string;
  };
  channelSettings: {
    channel: string;
    body: string;
    savedAt: string;
  };
  personSettings: {
    user: string;
    body: string;
    savedAt: string;
  };
  feedback: {
    user: string;
    channel: string;
    ts: string;
    verdict: string;
    comment: string | null;
    /** Kept here, since the answer itself fades. */
    asked: string | null;
    at: string;
  };
  postedAnswer: {
    channel: string;
    ts: string;
    questionTs: string | null;
    asker: string;
    asked: string;
    at: string;
  };
  request: {
    key: string;
    /** Null once it is answered, and for what is not taken up again. */
    body: string | null;
    claimedAt: string;
    doneAt: string | null;
    /** How often it was taken. */
    attempts: number;
  };
}

/** A row of a document; its other columns are those of rows.ts. */
interface PlacedRow {
  file: string;
  /** Order within the document and table, from 0. */
  position: number;
  branch: string;
  fy: number;
}

interface SourcedRow extends PlacedRow {
  line: number;
}
