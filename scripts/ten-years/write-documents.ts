import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../seeded.ts';

const SAMPLE = join(import.meta.dirname, '../../index/sample');
/** Of the plan, and of each quarter's report: together as much as a branch's year of real papers has KPIs, a third of its text. */
const SENTENCES = { plan: 60, report: 20 };

const WHO = [
  '新しく入った会社',
  '小さな事業所',
  '健診を受けていない人',
  '窓口に来る人',
  '退職した人',
  '保健師',
];
const WHERE = [
  '商工会の集まり',
  '駅前の会場',
  '市役所の窓口',
  '港の組合',
  '工業団地',
  '大学の構内',
  '温泉地の会場',
];
const WHEN = ['春のうちに', '繁忙期の前に', '毎月はじめに', '祭りの週に', '年度末までに', '雪のない時期に'];
const WHAT = [
  '健診の受け方を図で見せる',
  '薬の選び方を説明する',
  '書類の書き方を見せて回る',
  '相談の時間を延ばす',
  '歩く会の参加を呼びかける',
  '紙の申請を減らす工夫をたずねる',
  '血圧を測る機会を設ける',
];

/**
 * Writes the papers of some branches and years, five each, as the delivered samples are laid out: a plan, and a report
 * for each quarter. Their words and figures are made up. Returns how many there are.
 */
export function writeDocuments(folder: string, branches: readonly string[], years: number): number {
  const random = seeded(1);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  const sentence = () => `${pick(WHO)}へ、${pick(WHERE)}で${pick(WHEN)}${pick(WHAT)}。`;
  const plan = readFileSync(join(SAMPLE, 'branch-beside-head-office.txt'), 'utf8');
  const report = readFileSync(join(SAMPLE, 'progress-report.txt'), 'utf8');
  mkdirSync(folder, { recursive: true });
  let written = 0;
  for (const branch of branches) {
    for (let fy = 2; fy < 2 + years; fy += 1) {
      const year = (text: string) =>
        text
          .replace(/令和\s*元\s*年度/g, `令和${fy - 1}年度`)
          .replace(/令和\s*[2２]\s*年度/g, `令和${fy}年度`);
      const bullets = Array.from({ length: SENTENCES.plan }, () => `・ ${sentence()} \n`).join('\n');
      const text = year(plan)
        .replaceAll('香川', branch)
        .replace(/\nⅢ）健診の推進[^\n]*\n/, (heading) => `${heading}\n${bullets}\n`);
      writeFileSync(join(folder, `令和${fy}年度_${branch}支部事業計画.txt`), text);
      for (const [quarter, month] of [4, 7, 10, 1].entries()) {
        const rate = (20 + 10 * quarter + random() * 10).toFixed(1);
        const lines = Array.from({ length: SENTENCES.report }, () => `${sentence()}\n`).join('\n');
        const told = year(report)
          .replaceAll('大分', branch)
          .replaceAll('（４月時点）', `（${month}月時点）`)
          .replaceAll('（５月時点）', `（${month}月時点）`)
          .replace('6.0％ 52.0％', `${rate}％ 52.0％`)
          .replace('① ５月号で', `${lines}\n① ５月号で`);
        writeFileSync(join(folder, `令和${fy}年度_${branch}支部実施状況_第${quarter + 1}四半期.txt`), told);
      }
      written += 5;
    }
  }
  return written;
}
