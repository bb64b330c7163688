import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANNELS, USERS } from '../../src/playground/workspace.ts';
import { planbot } from '../cli/command-line.ts';

const OWNERS = [
  ['支部', 'チャンネル', '主担当', '副担当'],
  ['東京', CHANNELS.tokyo, USERS.reporter.id, USERS.staff.id],
  ['群馬', CHANNELS.gunma, USERS.staff.id, ''],
  ['本部', CHANNELS.headOffice, USERS.admin.id, ''],
];

/** People in charge, as an office imports them before reminders can reach anyone. */
export async function withOwners(dataDir: string): Promise<void> {
  const file = join(dataDir, '担当者.csv');
  writeFileSync(file, OWNERS.map((row) => row.join(',')).join('\n'));
  const { code, err } = await planbot(['import', file, '--data', dataDir]);
  if (code !== 0) throw new Error(err.join('\n'));
}
