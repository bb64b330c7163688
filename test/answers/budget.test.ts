import { describe, expect, test } from 'vitest';
import { answeredTo, answerTo } from './made-up-world.ts';

describe('budgets', () => {
  test('one item with its execution, rate, status and last year', async () => {
    const { text, rows } = await answeredTo('東京のラジオ番組の予算額と執行額は？');
    for (const part of [
      '30,000,000円',
      '12,000,000円',
      '40％',
      '契約済み',
      '令和6年度予算 29,000,000円',
      '1,000,000円増',
    ]) {
      expect(text).toContain(part);
    }
    expect(rows).toMatchObject([{ aspect: 'budget', value: 30_000_000, unit: '円' }]);
  });

  test('千円 is shown as printed, beside yen', async () => {
    expect((await answeredTo('群馬の健診の推進の予算は？')).text).toContain('13,000,000円（13000千円）');
  });

  test('the sum of a section with its arithmetic', async () => {
    const answer = await answeredTo('東京の広報関連予算は全部でいくら？');
    expect(answer.headline).toBe('2件、予算額の合計 34,000,000円（30,000,000 + 4,000,000）');
    expect(answer.details).toContainEqual({ label: '執行率', value: '48.5％（16,500,000 ÷ 34,000,000）' });
  });

  test.each([
    ['東京の予算で執行額が予算を超えたものは？', ['動画の作成']],
    ['東京の未着手の予算はどれ？', ['島しょ部の集団健診']],
    ['契約済みの予算の合計は？東京', ['ラジオ番組', '動画の作成']],
    ['東京で一番大きい予算は？', ['ラジオ番組']],
  ])('%s', async (text, names) => {
    const answer = await answeredTo(text);
    for (const name of names) expect(answer.text).toContain(name);
  });

  test('nothing is called new where the document shows no year before', async () => {
    expect((await answeredTo('群馬の令和6年度の地図を使った受診勧奨の予算は？')).text).not.toContain('新規');
  });

  test('an item of an older year is found, and the year said', async () => {
    const answer = await answeredTo('群馬の地図を使った受診勧奨の予算は？');
    expect(answer.rows).toMatchObject([{ fy: 6, value: 4_700_000 }]);
    expect(answer.note).toContain('令和6年度の予算にあります');
  });

  test('finds the branch that has the item', async () => {
    expect((await answeredTo('島しょ部の集団健診の予算は？')).note).toContain('東京支部でお答えしました');
  });

  test.each([
    '東京のテレビCMの予算は？',
    '富山の広報の予算は？',
    '東京の令和5年度の予算総額は？',
    '群馬の未着手の予算は？',
    '群馬の予算の執行率は？',
  ])('%s is refused', async (text) => {
    expect((await answerTo(text)).kind).toBe('not_found');
  });
});
