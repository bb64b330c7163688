import type { Logger } from 'pino';
import { type Health, isWell } from '../model/health.ts';
import type { Members } from '../model/member.ts';
import { type After, repeat } from './drain.ts';
import { logged } from './log.ts';
import type { Rendered } from './views/blocks.ts';
import { sentence } from './views/card.ts';

interface AlarmParts {
  health(): Promise<Health>;
  members: Pick<Members, 'list'>;
  /** A direct message, as far as one can still be sent. */
  tell(user: string, message: Rendered, key: string): Promise<unknown>;
  after: After;
  now: () => Date;
  log: Logger;
}

const LOOK_EVERY_MS = 60_000;

/** Tells the admins what they have to mend, once it has lasted for two looks; gives the way to end. */
export function startAlarm({ health, members, tell, after, now, log }: AlarmParts): () => void {
  let seen = '';
  let told = '';
  /** As last known: the store may be what is wrong. */
  let admins: string[] = [];

  async function look(): Promise<void> {
    const found = await health();
    const problem = problemOf(found);
    if (found.store) {
      const known = await members.list();
      admins = known.filter(({ role }) => role === 'admin').map(({ user }) => user);
    }
    if (problem !== '' && problem === seen && problem !== told) {
      told = problem;
      log.error({ problem }, 'not well');
      const message = sentence(
        `planbotに対応が必要です（${problem}）。管理者の方は、設定と動作をお確かめください。`,
      );
      for (const user of admins) {
        const key = `alarm:${user}:${now().toISOString()}`;
        await tell(user, message, key).catch(logged(log, 'warn', 'admin not told'));
      }
    }
    if (problem === '') told = '';
    seen = problem;
  }

  return repeat(after, LOOK_EVERY_MS, () => look().catch(logged(log, 'error', 'cannot look after planbot')));
}

/** Empty where all is well. */
function problemOf(health: Health): string {
  if (isWell(health)) return '';
  return health.problems.length > 0 ? health.problems.join('、') : 'Slackにつながっていません';
}
