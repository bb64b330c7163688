import { describe, expect, test } from 'vitest';
import { createFollowUps } from '../../src/reminders/follow-up.ts';
import { OFFICE_OWNER, reported, TOKYO_OWNER, wellIn } from './made-up-office.ts';
import { moment, type OfficeDays, openOffice, postings, type Shown } from './office-days.ts';

const READER = 'U0READER1';
const DUE = '2025-07-22T09:00';

async function wishNotices(office: OfficeDays, user: string, branch: string): Promise<void> {
  await office.store.settings.savePerson(user, { branch, notices: true }, moment(DUE));
}

async function silence(office: OfficeDays, channel: string): Promise<void> {
  const settings = await office.store.settings.ofChannel(channel);
  await office.store.settings.saveChannel(
    channel,
    { ...settings, reminders: false },
    'U0ADMIN01',
    moment(DUE),
  );
}

function at(place: string, shown: readonly Shown[]): Shown[] {
  return shown.filter((one) => one.place === place);
}

describe('who wishes the notices of a branch as direct messages', () => {
  test('gets each once, beside the channel', async () => {
    const office = await openOffice();
    await wishNotices(office, READER, '東京');
    await wishNotices(office, 'U0OTHER01', '群馬');
    const shown = await office.look(DUE);
    expect(postings(shown)).toEqual([
      'C0TOKYO01 notice report_overdue:before_7',
      `${READER} notice report_overdue:before_7`,
    ]);
    expect(await office.look('2025-07-22T10:00')).toEqual([]);
  });

  test('sees there what happens to it in the channel, and the other way round', async () => {
    const office = await openOffice();
    await wishNotices(office, READER, '東京');
    const [root, copy] = await office.look(DUE);
    const { acknowledge } = createFollowUps(office.store.outbox);
    const messageId = copy?.message.subject ?? 0;
    expect(messageId).toBe(root?.message.id);
    await acknowledge({ messageId, by: READER, now: moment('2025-07-22T10:00') });
    const edits = (await office.look('2025-07-22T10:00')).filter(({ edited }) => edited);
    expect(edits.map(({ ts, message }) => [ts, message.followUp, message.followedBy])).toEqual([
      [root?.ts, 'acknowledged', READER],
      [copy?.ts, 'acknowledged', READER],
    ]);
    await office.report('report.txt', { kpis: [wellIn('6月時点')] });
    const ended = await office.look('2025-07-23T09:00');
    expect(at(READER, ended).map(({ edited, message }) => [edited, message.followUp])).toEqual([
      [true, 'resolved'],
    ]);
    expect(await office.look('2025-08-06T09:00')).toEqual([]);
  });

  test('one that was never sent is withdrawn with its message', async () => {
    const office = await openOffice();
    await wishNotices(office, READER, '東京');
    await office.look('2025-07-22T07:00');
    await office.report('report.txt', { kpis: [wellIn('6月時点')] });
    await office.look('2025-07-22T08:00');
    expect(await office.look(DUE)).toEqual([]);
    expect((await office.store.outbox.messages()).map(({ state }) => state)).toEqual([
      'withdrawn',
      'withdrawn',
    ]);
  });

  test('who has left gets none, and nobody is troubled with it', async () => {
    const office = await openOffice();
    await wishNotices(office, READER, '東京');
    office.gone.add(READER);
    expect(postings(await office.look(DUE))).toEqual(['C0TOKYO01 notice report_overdue:before_7']);
    expect((await office.store.outbox.messages()).map(({ state }) => state)).toEqual(['sent', 'withdrawn']);
    expect(await office.store.outbox.nextAttempt()).toBeNull();
  });
});

describe('a channel that switched reminders off', () => {
  test('is passed over: the person in charge gets the notice', async () => {
    const office = await openOffice();
    await silence(office, 'C0TOKYO01');
    expect(postings(await office.look(DUE))).toEqual(['U0REPORT1 notice report_overdue:before_7']);
  });

  test('gets no later stage either, but hears what people did under what stands there', async () => {
    const office = await openOffice();
    const [root] = await office.look(DUE);
    await silence(office, 'C0TOKYO01');
    const stage = await office.look('2025-07-30T09:00');
    expect(postings(stage)).toEqual(['U0REPORT1 word report_overdue:before_1']);
    await createFollowUps(office.store.outbox).acknowledge({
      messageId: root?.message.id ?? 0,
      by: 'U0STAFF01',
      now: moment('2025-07-30T10:00'),
    });
    const story = (await office.look('2025-07-30T10:00')).filter(({ edited }) => !edited);
    expect(story.map(({ place, threadTs }) => [place, threadTs])).toEqual([['C0TOKYO01', root?.ts]]);
  });

  test('of the head office: its person in charge gets what it is told', async () => {
    const office = await openOffice();
    await silence(office, 'C0HONBU01');
    await office.report('report.txt', {
      kpis: [wellIn('6月時点'), reported('employer_data_rate', 0.1, '6月時点', { value: 3.9 })],
    });
    expect(postings(await office.look('2025-08-01T09:00'))).toContain('U0ADMIN01 digest');
  });

  test('with nobody but a user group in charge: the head office’s channel', async () => {
    const office = await openOffice();
    const headOffice = { ...OFFICE_OWNER, deputy: 'U0STAFF02' };
    await office.register({ ...TOKYO_OWNER, owner: 'S0TOKYO01', deputy: null }, headOffice);
    await silence(office, 'C0TOKYO01');
    const shown = await office.look(DUE);
    expect(postings(shown)).toEqual(['C0HONBU01 notice report_overdue:before_7']);
    // Of the head office one is enough for what is another's.
    expect(shown[0]?.mentions).toEqual(['U0ADMIN01']);
  });
});

test('a user group in charge is named in the channel', async () => {
  const office = await openOffice();
  await office.register({ ...TOKYO_OWNER, owner: 'S0TOKYO01', deputy: 'U0STAFF01' }, OFFICE_OWNER);
  const [notice] = await office.look(DUE);
  expect(notice?.message.items[0]?.reminder.mentions).toEqual(['S0TOKYO01', 'U0STAFF01']);
});

test('what people do with a reminder is kept in the audit log', async () => {
  const office = await openOffice();
  const [root] = await office.look(DUE);
  const followUps = createFollowUps(office.store.outbox);
  const act = { messageId: root?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-07-22T10:00') };
  await followUps.acknowledge(act);
  await followUps.acknowledge(act);
  await followUps.snooze(act, '2025-07-25');
  await followUps.reassign(act, 'U0ADMIN01');
  const entries = (await office.store.audit.entries()).filter(({ action }) => action === 'reminder_followed');
  expect(entries.map(({ actor, subject, detail }) => [actor, subject, detail])).toEqual([
    ['U0STAFF01', '東京', 'U0STAFF01 さんが確認しました。'],
    ['U0STAFF01', '東京', 'U0STAFF01 さんが7月25日（金）まで延期しました。'],
    ['U0STAFF01', '東京', 'U0STAFF01 さんが担当を U0ADMIN01 さんに変えました。'],
  ]);
});
