import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A short plan in the layout of a single branch's plan, in words and figures that no plan has. */
export function madeUpPlan(generic = '81.5'): string {
  return `令和７年度 青森支部事業計画（試験用）

１．医療費適正化
（１）ジェネリック医薬品の使用促進
① 薬局に使用状況のお知らせを届けます。
■ KPI：ジェネリック医薬品使用割合を ${generic}％以上とする

２．健診
（１）生活習慣病予防健診
① りんごの収穫が終わる時期に集団健診を開きます。
■ KPI：生活習慣病予防健診実施率を 61.5％以上とする
`;
}

export function writePlan(folder: string, name = 'aomori.txt', text = madeUpPlan()): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
