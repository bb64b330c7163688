import type { KeptAuditEntry } from '../model/audit.ts';
import type { IsoDay } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Member } from '../model/member.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { PersonSettings } from '../model/settings.ts';
import type { ReportState } from '../reminders/quarter-report.ts';
import type { YearStandings } from './latest-standings.ts';

/** All that one person's Home tab shows. */
export interface HomeState {
  today: IsoDay;
  catalogue: Catalogue;
  settings: PersonSettings;
  member: Member;
  /** Of the person's branch; null where none is chosen or no document knows it. */
  latest: YearStandings | null;
  /** Null for the head office, which reports to nobody, and where no branch is chosen. */
  report: ReportState | null;
  /** Reminders of the person's branch that were put off, or that they took over. */
  snoozed: OutboxMessage[];
  /** Newest first. */
  recent: string[];
  /** Null for everybody else. */
  admin: AdminState | null;
}

export interface AdminState {
  members: Member[];
  /** Newest first. */
  audit: KeptAuditEntry[];
  /** Reminders of which nobody knows whether they were sent. */
  unclear: OutboxMessage[];
}
