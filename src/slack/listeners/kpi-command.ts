import type { RespondFn } from '@slack/bolt';
import { answerTalk } from '../../answers/about-bot.ts';
import { createSummaryScopeReader } from '../../answers/summary.ts';
import { EMPTY_QUERY } from '../../model/query.ts';
import { reply } from '../delivery/private-reply.ts';
import type { InboundContext } from '../inbox.ts';
import { logged } from '../log.ts';
import { readText } from '../message-event.ts';
import { SlashCommand } from '../payloads.ts';
import { privatePanel } from '../views/answer-surfaces.ts';
import { bold, header, literal, type Rendered, section } from '../views/blocks.ts';
import { choiceButtons } from '../views/choices.ts';
import { openChannelSettings } from './channel-settings.ts';
import { openKpiForm } from './kpi-form.ts';
import { type Listener, on } from './listener.ts';
import type { ListenerParts } from './listener-parts.ts';
import { replyWithSummary } from './summary.ts';

/** /kpi 東京 ジェネリック: an answer that only the asker sees, until they share it. */
export function kpiCommandListeners(parts: ListenerParts): Listener[] {
  const readScope = createSummaryScopeReader(parts.catalogue);
  return [
    on('command', '/kpi', SlashCommand, (command, { respond, context }) => {
      const read = readCommand(readText(command.text));
      switch (read.kind) {
        case 'form':
          return openKpiForm(parts, command, respond);
        case 'help':
          return replyWithHelp(parts, command, respond);
        case 'settings':
          return openChannelSettings(parts, command, respond);
        case 'summary':
          return replyWithSummary(parts, readScope, { ...command, text: read.of }, respond);
        case 'question':
          return answerPrivately(parts, { ...command, text: read.text }, respond, context);
      }
    }),
  ];
}

async function replyWithHelp(parts: ListenerParts, command: SlashCommand, respond: RespondFn): Promise<void> {
  const defaults = await parts
    .questionDefaults({ asker: command.user_id, channel: command.channel_id })
    .catch(logged(parts.log, 'warn', 'branch not read for help'));
  await reply(respond, commandHelp(defaults?.branch));
}

function answerPrivately(
  parts: ListenerParts,
  command: SlashCommand,
  respond: RespondFn,
  arrival: InboundContext,
): Promise<void> {
  return parts.converse({
    text: command.text,
    asker: command.user_id,
    channel: command.channel_id,
    threadKey: null,
    continues: false,
    render: privatePanel,
    show: (rendered) => reply(respond, rendered),
    arrival,
    request: `${command.channel_id}:${command.trigger_id}`,
  });
}

/** What follows /kpi. Words that are no command are a question. */
type KpiCommand =
  | { kind: 'form' }
  | { kind: 'help' }
  | { kind: 'settings' }
  | { kind: 'summary'; of: string }
  | { kind: 'question'; text: string };

const HELP = /^(?:ヘルプ|へるぷ|help|使い方|\?)$/i;
/** 「まとめて比べて」 is a question. */
const SUMMARY_FIRST = /^まとめ(?![てるたろよ])\s*(.*)$/s;
const SUMMARY_LAST = /^(.{1,30}?)\s*の?まとめ$/s;

export function readCommand(text: string): KpiCommand {
  const words = text.normalize('NFKC').trim();
  if (words === '') return { kind: 'form' };
  if (HELP.test(words)) return { kind: 'help' };
  if (words === '設定') return { kind: 'settings' };
  const of = SUMMARY_FIRST.exec(words)?.[1] ?? SUMMARY_LAST.exec(words)?.[1];
  return of === undefined ? { kind: 'question', text } : { kind: 'summary', of: of.trim() };
}

const COMMANDS: [string, string][] = [
  ['/kpi 東京 ジェネリック', '目標と実績（出典つき）。ほかの質問も、そのまま続けて書けます'],
  ['/kpi', '支部・指標・年度を選ぶ画面'],
  ['/kpi まとめ 東京 令和7', '支部のKPIを1枚で（支部と年度は省略できます）'],
  ['/kpi 設定', 'このチャンネルの支部、年度、答え方'],
];
/** What /kpi can be followed by, then what 「使い方」 says. Only the asker sees it. */
function commandHelp(branch: string | undefined): Rendered {
  const help = answerTalk({ ...EMPTY_QUERY, facts: 'talk', talk: 'help' }, { ownBranch: branch });
  const lines = help.kind === 'answered' ? help.lines : [];
  const commands = COMMANDS.map(([command, does]) => `• ${bold(command, 75)}\n　${literal(does, 200)}`);
  const blocks = [
    header('planbotの使い方'),
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
