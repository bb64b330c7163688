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
/** What /kpi can be followed by, then what 「使い方」 says. Only the asker sees it. */
export function commandHelp(branch: string | undefined): Rendered {
  const help = answerTalk({ ...EMPTY_QUERY, facts: 'talk', talk: 'help' }, { ownBranch: branch });
  const lines = help.kind === 'answered' ? help.lines : [];
  const commands = COMMANDS.map(([command, does]) => `• ${bold(command, 75)}\n　${literal(does, 200)}`);
  const blocks = [
    { type: 'header' as const, text: plainTextElement('planbotの使い方', 75) },
    section(commands.join('\n')),
    section([bold('質問できること', 75), ...lines.map((line) => literal(line, 300))].join('\n')),
    section(
      'チャンネルでは @planbot に続けて、ダイレクトメッセージではそのまま質問できます。メッセージの「…」から「この内容を計画で調べる」も使えます。/kpi の答えはあなただけに表示され、「チャンネルに共有」で全員に見せられます。担当の支部とお知らせは、planbotの「ホーム」で設定できます。',
    ),
    ...choiceButtons(help.choices),
  ];
  const text = [...COMMANDS.map((line) => line.join('：')), ...lines].join('\n');
  return { blocks, classic: blocks, text: literal(text, 4_000) };
}
