import { HomeOpened } from '../../payloads.ts';
import type { ListenerParts } from '../parts.ts';

const EXAMPLES = [
  { title: 'KPIの目標を調べる', message: '東京支部のジェネリックKPIは？' },
  { title: '支部を比べる', message: '東京支部と群馬支部の健診実施率を比べて' },
  { title: '進み具合を見る', message: '東京支部の窓口受付率は目標クリアできてる？' },
  { title: '使い方を見る', message: 'ヘルプ' },
];

/** Opening the agent's pane offers questions to start with. */
export function listenToHome({ app, web }: ListenerParts): void {
  app.event('app_home_opened', async ({ event }) => {
    const { tab, channel } = HomeOpened.parse(event);
    if (tab === 'messages') {
      await web.assistant.threads.setSuggestedPrompts({ channel_id: channel, prompts: EXAMPLES });
    }
  });
}
