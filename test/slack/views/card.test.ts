import { describe, expect, test } from 'vitest';
import type { Answered } from '../../../src/model/answer.ts';
import { LIMITS } from '../../../src/slack/limits.ts';
import { answerFoot, card, DELETE_ACTION } from '../../../src/slack/views/card.ts';
import { sourceLine } from '../../../src/slack/views/sources.ts';
import { kpiAnswer, rankAnswer, source } from '../answers.ts';

function types(answer: Answered, form: 'blocks' | 'classic' = 'blocks'): string[] {
  return card(answer)[form].map((block) => block.type);
}

describe('card', () => {
  test('shows title, figure, details, note, source and buttons in this order', () => {
    expect(card(kpiAnswer).blocks).toMatchObject([
      { type: 'section', text: { text: '*東京支部 令和3年度 ジェネリック医薬品使用割合の目標*' } },
      { type: 'header', text: { type: 'plain_text', text: '80.0％以上' } },
      { type: 'section', fields: [{ text: '*年度*\n令和3年度' }, { text: '*区分*\n目標' }] },
      {
        type: 'context',
        elements: [{ text: 'ご注意：年度の指定がないため、最新の令和3年度でお答えしています。' }],
      },
      { type: 'context', elements: [{ text: '出典：令和3年度 事業計画（東京支部） 6406行目' }] },
      { type: 'actions', elements: [{ text: { text: '群馬支部' } }, { text: { text: '出典を見る' } }] },
    ]);
  });

  test('shows rows as a sortable table with numbers, and series as a chart', () => {
    const [, table, chart] = card(rankAnswer).blocks;
    expect(table).toMatchObject({
      type: 'data_table',
      caption: '令和3年度 ジェネリック医薬品使用割合',
      rows: [
        [{ text: '支部' }, { text: '目標' }],
        [
          { type: 'raw_text', text: '沖縄' },
          { type: 'raw_number', value: 88.9, text: '88.9％以上' },
        ],
        [{ text: '鹿児島' }, { value: 85, text: '85.0％以上' }],
      ],
    });
    expect(chart).toMatchObject({
      type: 'data_visualization',
      chart: { type: 'bar', axis_config: { categories: ['沖縄', '鹿児島'], y_label: '％' } },
    });
  });

  test('the classic card has the same figures in sections alone', () => {
    const { classic } = card(rankAnswer);
    expect(new Set(types(rankAnswer, 'classic'))).toEqual(new Set(['section', 'context', 'actions']));
    const shown = JSON.stringify(classic);
    for (const figure of ['沖縄｜88.9％以上', '鹿児島｜85.0％以上', '沖縄 88.9％', '6406行目']) {
      expect(shown).toContain(figure);
    }
  });

  test('an answer that is lines alone shows them', () => {
    const help = { ...kpiAnswer, headline: null, details: [], note: null, lines: ['一行目', '二行目'] };
    expect(card(help).blocks[1]).toMatchObject({ type: 'section', text: { text: '一行目\n二行目' } });
  });

  test('lines stand under the figure and the details', () => {
    const lines = ['・ポスター 1,000円', '・広告 2,000円'];
    const budget = { ...kpiAnswer, headline: '合計 3,000円', lines };
    expect(card(budget).blocks.slice(1, 4)).toMatchObject([
      { type: 'header', text: { text: '合計 3,000円' } },
      { type: 'section', fields: [{ text: '*年度*\n令和3年度' }, { text: '*区分*\n目標' }] },
      { type: 'section', text: { text: '・ポスター 1,000円\n・広告 2,000円' } },
    ]);
  });

  test('lines that a table or a passage shows stand there alone', () => {
    const passage = {
      file: 'a.txt',
      title: '計画',
      section: [],
      from: 1,
      to: 1,
      text: '相談会を開く。',
      score: 1,
    };
    const quoted = { ...kpiAnswer, lines: ['相談会を開く。（計画 1行目）'], passages: [passage] };
    for (const answer of [rankAnswer, quoted]) {
      const sent = JSON.stringify(card(answer).blocks);
      for (const line of answer.lines) expect(sent).not.toContain(line);
    }
  });

  test('many passages are listed by their lines: all 47 branches that do something', () => {
    const passage = { file: 'a.txt', title: '計画', section: [], from: 1, to: 1, text: '長い文。', score: 1 };
    const lines = Array.from({ length: 47 }, (_, at) => `・支部${at}：${'相談会を開く。'.repeat(15)}`);
    const which = { ...kpiAnswer, details: [], lines, passages: lines.map(() => passage), choices: [] };
    const sent = JSON.stringify(card(which).blocks);
    for (const line of lines) expect(sent).toContain(line);
    expect(sent).not.toContain('長い文。');
  });

  test('an answer stands open in a thread, where Slack folds long sections; long small print does not', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `・支部${at}：60.0％`);
    const long = { ...kpiAnswer, headline: null, lines, note: '集計は３月末の時点です。'.repeat(40) };
    const open = card(long).blocks.flatMap((block) =>
      block.type === 'section' && block.text ? [[block.text.text.slice(0, 4), block.expand]] : [],
    );
    expect(open).toEqual([
      ['*東京支', true],
      ['・支部0', true],
      ['ご注意：', false],
    ]);
  });

  test('a headline that is a sentence is not cut', () => {
    const headline = `合計 266,258,000円（${'4,070,000 + '.repeat(20)}1）`;
    expect(card({ ...kpiAnswer, headline }).blocks[1]).toMatchObject({
      type: 'section',
      text: { text: headline },
    });
  });

  test('passages stand as quotations under their place', () => {
    const passage = {
      file: 'keikaku.txt',
      title: '令和3年度 事業計画（埼玉支部）',
      section: ['戦略的保険者機能', '重症化予防'],
      from: 12,
      to: 14,
      text: '一行目です。\n二行目です。',
      score: 1,
    };
    expect(card({ ...kpiAnswer, passages: [passage] }).blocks[4]).toMatchObject({
      text: {
        text: '*令和3年度 事業計画（埼玉支部） 12～14行目*\n戦略的保険者機能 ＞ 重症化予防\n>一行目です。\n>二行目です。',
      },
    });
  });

  test('the words that were asked for stand in bold, and nothing of a hostile text does', () => {
    const passage = {
      file: 'keikaku.txt',
      title: '令和3年度 事業計画（埼玉支部）',
      section: [],
      from: 12,
      to: 12,
      text: '禁煙の相談会を開く。<!channel> *強調*',
      words: ['禁煙', '相談会'],
      score: 1,
    };
    const shown = JSON.stringify(card({ ...kpiAnswer, passages: [passage] }).blocks[4]);
    expect(shown).toContain('*禁煙*');
    expect(shown).toContain('*相談会*');
    expect(shown).toContain('&lt;!channel&gt; ＊強調＊');
  });

  test('every place is named once: all 47 branches of a ranking', () => {
    const sources = Array.from({ length: 47 }, (_, index) => ({ ...source, line: 1_000 + index }));
    const line = JSON.stringify(card({ ...kpiAnswer, sources: [source, source, ...sources] }).blocks);
    expect(line.match(/6406行目/g)).toHaveLength(1);
    expect(line).toContain('1046行目');
    expect(line).not.toContain('か所');
  });

  test('places of one document share its title', () => {
    const other = { ...source, title: '令和7年度 事業計画（群馬支部）', page: 3, line: 7 };
    const sources = [source, other, { ...source, line: 6410 }];
    expect(JSON.stringify(card({ ...kpiAnswer, sources }).blocks)).toContain(
      '出典：令和3年度 事業計画（東京支部） 6406行目・6410行目／令和7年度 事業計画（群馬支部） 3ページ・7行目',
    );
  });

  test('what many plans of a year share is said once, and each place still stands with its branch', () => {
    const plan = (branch: string, line: number) => ({
      ...source,
      title: `令和3年度 事業計画（${branch}）`,
      line,
    });
    const report = { ...source, title: '令和7年度 事業計画の実施状況（東京支部）', line: 5 };
    const sources = [plan('山形支部', 1), report, plan('山梨支部', 2), plan('宮城支部', 3)];
    expect(JSON.stringify(card({ ...kpiAnswer, sources }).blocks)).toContain(
      '出典：令和3年度 事業計画（山形支部 1行目、山梨支部 2行目、宮城支部 3行目）／令和7年度 事業計画の実施状況（東京支部） 5行目',
    );
  });

  test('many plans, and a long remark, stand folded under what they are', () => {
    const sources = Array.from({ length: 47 }, (_, at) => ({
      ...source,
      title: `令和3年度 事業計画（第${at}支部）`,
    }));
    const { blocks } = card({ ...kpiAnswer, sources, note: `比べられない支部：${'新潟支部、'.repeat(80)}` });
    const folded = blocks.filter((block) => 'expand' in block && block.expand === false);
    expect(folded).toEqual([
      expect.objectContaining({
        text: expect.objectContaining({ text: expect.stringMatching(/^ご注意：/) }),
      }),
      expect.objectContaining({
        text: expect.objectContaining({ text: expect.stringMatching(/^出典（47資料の一覧）：/) }),
      }),
    ]);
  });

  test.each(Array.from({ length: 9 }, (_, at) => at))('places that do not fit are counted: %d', (more) => {
    const title = `令和3年度 事業計画（東京支部${'支'.repeat(more)}）`;
    const sources = Array.from({ length: 300 }, (_, index) => ({ ...source, title, line: 1_000 + index }));
    const [block] = sourceLine(sources);
    const line = block?.type === 'section' ? (block.text?.text ?? '') : '';
    const named = line.match(/\d+行目/g)?.length ?? 0;
    expect(line).toContain(`、ほか${300 - named}か所`);
    expect(line.length).toBeLessThanOrEqual(LIMITS.context);
  });

  test('the bin under an answer is seen by its asker alone', () => {
    const [foot] = answerFoot('U0STAFF01').blocks;
    const bin = foot?.type === 'context_actions' ? foot.elements.at(-1) : undefined;
    expect(bin).toMatchObject({ action_id: DELETE_ACTION, visible_to_user_ids: ['U0STAFF01'] });
  });
});

describe('a card that is too large', () => {
  const rows = Array.from({ length: 120 }, (_, index) => [
    { text: `支部${index}`, value: null },
    { text: `${index}.0％以上`, value: index },
  ]);

  test('shows the first rows and says how many are left', () => {
    const table = { ...(rankAnswer.table ?? { caption: '', columns: [] }), rows };
    const shown = JSON.stringify(card({ ...rankAnswer, table, chart: null }).blocks);
    expect(shown).toContain('支部99');
    expect(shown).not.toContain('支部100');
    expect(shown).toContain('ほか20件は表示しきれないため省略しました。');
  });

  test('keeps figure, source and buttons, and says that something is left out', () => {
    const passage = { ...source, section: [], from: 1, to: 2, score: 1, text: '計画の文。'.repeat(120) };
    const long = {
      ...kpiAnswer,
      details: Array.from({ length: 40 }, () => ({ label: 'い', value: 'ろ'.repeat(300) })),
    };
    const { blocks } = card({ ...long, passages: [passage, passage, passage, passage] });
    const shown = JSON.stringify(blocks);
    expect(shown).toContain('80.0％以上');
    expect(shown).toContain('6406行目');
    expect(shown).toContain('長いため、一部を省略しました。');
    expect(blocks.at(-1)?.type).toBe('actions');
  });
});
