import { answerTalk } from '../../answers/about-bot.ts';
import { EMPTY_QUERY } from '../../model/query.ts';
import type { Rendered } from './blocks.ts';
import { choiceButtons } from './choices.ts';
import { bold, literal, plainTextElement, section } from './text.ts';

const COMMANDS: [string, string][] = [
  ['/kpi 東京 ジェネリック', '目標と実績（出典つき）。ほかの質問も、そのまま続けて書けます'],
  ['/kpi', '支部・指標・年度を選ぶ画面'],
  ['/kpi まとめ 東京 令和7', '支部のKPIを1枚で（支部と年度は省略できます）'],
  ['/kpi 設定', 'このチャンネルの支部、年度、答え方'],
];
const ASKABLE = [
  '1つの数値：東京支部のジェネリックの目標は？',
  '比較・順位・条件：富山と新潟の郵送化率を比べて／査定率の目標を高い順に／目標が80％以上の支部は？',
  '進捗と予算：東京の遅れているKPIは？／東京の広報関連予算の合計は？',
  '計画の内容：富山は扶養家族の健診をどう進める？',
];

/** What /kpi can be followed by, and what can be asked. Only the asker sees it. */
export function commandHelp(): Rendered {
  const commands = COMMANDS.map(([command, does]) => `• ${bold(command, 75)}\n　${literal(does, 200)}`);
  const askable = ASKABLE.map((line) => `• ${literal(line, 300)}`);
  const blocks = [
    { type: 'header' as const, text: plainTextElement('planbotの使い方', 75) },
    section(commands.join('\n')),
    section([bold('質問できること', 75), ...askable].join('\n')),
    section(
      'チャンネルでは @planbot に続けて、ダイレクトメッセージではそのまま質問できます。メッセージの「…」から「この内容を計画で調べる」も使えます。/kpi の答えはあなただけに表示され、「チャンネルに共有」で全員に見せられます。担当の支部とお知らせは、planbotの「ホーム」で設定できます。',
    ),
    ...choiceButtons(answerTalk({ ...EMPTY_QUERY, facts: 'talk', talk: 'help' }).choices),
  ];
  const text = [...COMMANDS.map((line) => line.join('：')), ...ASKABLE].join('\n');
  return { blocks, classic: blocks, text: literal(text, 4_000) };
}
