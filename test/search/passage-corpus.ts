import type { Passage } from '../../src/model/passage.ts';

let line = 1;

function passage(branch: string, fy: number, heading: string, text: string): Passage {
  const from = line;
  line += 4;
  return {
    file: 'plan.txt',
    title: `令和${fy}年度 事業計画（${branch}支部）`,
    branch,
    fy,
    section: ['戦略的保険者機能', heading],
    from,
    to: from + 2,
    page: null,
    text,
  };
}

/** Plan text of our own making: three branches, one of them with two years. */
export const corpus: Passage[] = [
  passage(
    '青森',
    3,
    '重症化予防',
    '糖尿病性腎症の方に、主治医と組んで食事の相談を行い、人工透析を遅らせる。',
  ),
  passage('青森', 3, '健診', '漁協の会館で健診を開き、船に乗る方も受けられる日を設ける。'),
  passage('青森', 3, '広報', '雪まつりの会場で、ジェネリック医薬品の値段を紹介する看板を出す。'),
  passage('青森', 7, '健診', '漁協の会館で健診を開く。予約は携帯電話から受け付ける。'),
  passage('青森', 7, '広報', '雪まつりの会場で、マイナ保険証の使い方を実演する。'),
  passage('秋田', 3, '広報', '市電の車内放送で、喫煙と受動喫煙の害を短く伝える。'),
  passage('秋田', 3, '債権', '資格喪失後受診の返納金は、三度目の催告を弁護士の名で送る。'),
  passage('秋田', 3, '保健指導', '特定保健指導の初回面談を、健診の会場でその日のうちに行う。'),
  passage('秋田', 3, '調達', '一者応札を減らすため、入札の公告期間を20日に延ばす。'),
  passage('岩手', 3, 'コラボヘルス', '健康宣言をした会社に体組成計を貸し、歩数を競う催しを開く。'),
  passage('岩手', 3, '医療費', '花粉症の薬を長くもらう加入者に、市販薬という選び方を知らせる。'),
  passage('岩手', 3, '重症化予防', '血圧が高いまま治療に行かない方へ、看護師が電話で受診を勧める。'),
];
