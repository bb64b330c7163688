import type { Judgement } from './judgement.ts';

type State = Judgement['state'];

/** A judgement in one word with its sign, the same on every surface: never told by colour alone. */
export const STATE_MARKS: Readonly<Record<State, string>> = {
  met: '達成 ✓',
  on_course: '順調',
  behind: '遅れ ▲',
  unreported: '未報告 ―',
  unclear: '判定できず',
};

/** What needs somebody first. */
export const WORST_FIRST: readonly State[] = ['behind', 'unclear', 'unreported', 'on_course', 'met'];
