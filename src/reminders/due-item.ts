import { HEAD_OFFICE } from '../model/branch.ts';
import type { Audience, Reminder } from '../model/reminder.ts';
import type { Situation } from './situation.ts';

/** Where what concerns a branch goes, as far as it is known. */
function addressOf(
  { owners }: Situation,
  branch: string,
  audience: Audience,
): Pick<Reminder, 'channel' | 'mentions'> {
  const owner = owners.get(audience === 'branch' ? branch : HEAD_OFFICE);
  const people = owner ? [owner.owner, owner.deputy].filter((id) => id !== null) : [];
  return { channel: owner?.channel ?? null, mentions: people };
}

type Given = 'kind' | 'branch' | 'fy' | 'period' | 'stage' | 'rank' | 'text';

/** What tells a thing from all others of its branch and year, in every stage. */
interface Subject {
  /** An indicator's id, a report's period, or a hash of a document's words: line numbers move when a document comes anew. */
  id: string;
  /** What makes the same stage a new occurrence: the as-of date of a figure. */
  occurrence?: string;
}

/** A reminder with its key; what is not given is null. */
export function dueItem(
  situation: Situation,
  subject: Subject,
  given: Pick<Reminder, Given> & Partial<Reminder>,
): Reminder {
  const audience = given.audience ?? 'branch';
  const { kind, branch, fy, period, stage } = given;
  const about = [branch, fy, subject.id];
  const when = subject.id === period ? [stage] : [period, stage];
  return {
    audience,
    indicator: null,
    item: null,
    yardstick: null,
    unit: null,
    actual: null,
    asOf: null,
    expected: null,
    target: null,
    gap: null,
    due: null,
    source: null,
    ...addressOf(situation, branch, audience),
    ...given,
    line: given.line ?? given.text,
    detail: given.detail ?? '',
    version: given.version ?? '',
    isCompanion: given.isCompanion ?? false,
    series: [seriesOf(kind), ...about, audience].join('|'),
    key: [kind, ...about, ...when, ...(subject.occurrence ? [subject.occurrence] : []), audience].join('|'),
  };
}

/** A promise that is due and one that is overdue are the same promise. */
function seriesOf(kind: Reminder['kind']): string {
  return kind.replace(/^commitment_.*/, 'commitment');
}
