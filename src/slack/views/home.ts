import type { HomeView, KnownBlock } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import type { HomeState } from '../home-state.ts';
import { LIMITS } from '../limits.ts';
import type { MessageBlock } from './blocks.ts';
import { homeAdmin } from './home-admin.ts';
import { header } from './home-headings.ts';
import { homeKpis } from './home-kpis.ts';
import { homeQuestions } from './home-questions.ts';
import { homeReminders } from './home-reminders.ts';
import { homeSettings } from './home-settings.ts';
import { section } from './text.ts';

/** The Home tab in both forms: with Slack's own chart, and for a workspace that refuses it. */
export interface Home {
  native: HomeView;
  classic: HomeView;
}

export function homeView(state: HomeState): Home {
  const kpis = homeKpis(state);
  const around = {
    before: introduction(state),
    after: [
      ...homeReminders(state),
      ...homeQuestions(state),
      ...homeSettings(state),
      ...(state.admin === null ? [] : homeAdmin(state.admin)),
    ],
  };
  return { native: view(kpis.native, around), classic: view(kpis.classic, around) };
}

/** Where nothing could be read. */
export function homeFault(): Home {
  const text = '申し訳ありません。表示できませんでした。少し時間をおいて、「ホーム」を開き直してください。';
  const fault: HomeView = { type: 'home', blocks: [section(text)] };
  return { native: fault, classic: fault };
}

function introduction({ settings: { branch } }: HomeState): KnownBlock[] {
  return branch === null
    ? [
        header('ようこそ'),
        section(
          '事業計画とKPIについて、出典をつけてお答えします。下の「設定」で担当の支部を選ぶと、KPIの状況と報告の期限がここに表示されます。',
        ),
      ]
    : [header(`${formatBranch(branch)}の状況`)];
}

function view(
  kpis: readonly MessageBlock[],
  { before, after }: { before: KnownBlock[]; after: KnownBlock[] },
): HomeView {
  return { type: 'home', blocks: [...before, ...kpis, ...after].slice(0, LIMITS.viewBlocks) };
}
