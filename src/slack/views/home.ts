import type { HomeView, KnownBlock } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import type { HomeState } from '../home-state.ts';
import { LIMITS } from '../limits.ts';
import { homeAdmin } from './home-admin.ts';
import { header } from './home-headings.ts';
import { homeKpis } from './home-kpis.ts';
import { homeQuestions } from './home-questions.ts';
import { homeReminders } from './home-reminders.ts';
import { branchMenu, homeSettings } from './home-settings.ts';
import { section } from './text.ts';

/** At a glance: the branch, what is due, what is late, the last questions; what is set seldom stands last. */
export function homeView(state: HomeState): HomeView {
  const blocks = [
    ...introduction(state),
    ...homeReminders(state),
    ...homeKpis(state),
    ...homeQuestions(state),
    ...homeSettings(state),
    ...(state.admin === null ? [] : homeAdmin(state.admin)),
  ];
  return { type: 'home', blocks: blocks.slice(0, LIMITS.viewBlocks) };
}

/** Where nothing could be read. */
export function homeFault(): HomeView {
  const text = '申し訳ありません。表示できませんでした。少し時間をおいて、「ホーム」を開き直してください。';
  return { type: 'home', blocks: [section(text)] };
}

/** Whoever has chosen no branch finds the menu at once, not under all the rest. */
function introduction(state: HomeState): KnownBlock[] {
  const { branch } = state.settings;
  if (branch !== null) return [header(`${formatBranch(branch)}の状況`)];
  return [
    header('ようこそ'),
    section(
      '事業計画とKPIについて、出典をつけてお答えします。担当の支部を選ぶと、KPIの状況と報告の期限がここに表示されます。',
    ),
    branchMenu(state),
  ];
}
