import type { KnownBlock } from '@slack/web-api';
import type { Answer, Choice } from '../../model/answer.ts';
import type { Asked } from '../../model/ask.ts';
import { HEAD_OFFICE } from '../../model/branch.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import { buttonValue } from '../button-question.ts';
import { LIMITS } from '../limits.ts';
import { actions, branchOption, button, type Rendered, section, under } from './blocks.ts';
import { select } from './forms.ts';

/** Action ids are unique in a message: choice:0, choice:1 … */
export const CHOICE_ACTION = /^choice:\d+$/;
export const SHARE_ACTION = 'share';

/** One button a choice; its value is the query that it asks. */
export function choiceButtons(choices: readonly Choice[]): KnownBlock[] {
  const shown = choices
    .flatMap(({ label, query }) => {
      const value = buttonValue(query);
      return value === null ? [] : [{ label, value }];
    })
    .slice(0, LIMITS.buttons);
  while (shown.reduce((sum, { value }) => sum + value.length, 0) > LIMITS.choiceText) {
    shown.pop();
  }
  const buttons = shown.map(({ label, value }, index) => button(`choice:${index}`, label, { value }));
  return buttons.length === 0 ? [] : [actions(...buttons)];
}

/** The button that shows a private answer to the channel. It carries what to show: Slack keeps no private message. */
export function shareButton(id: string, value: string | null): KnownBlock[] {
  return value === null ? [] : [actions(button(id, 'チャンネルに共有', { value, style: 'primary' }))];
}

export const PICTURE_ACTION = 'picture';

/** Offers rankings and trends as a picture; the button carries the query. */
export function pictureButton({ answer, query }: Asked): KnownBlock[] {
  const value = isDrawable(answer) ? buttonValue(query) : null;
  return value === null ? [] : [actions(button(PICTURE_ACTION, 'グラフを画像で受け取る', { value }))];
}

/** Two figures at least, beside each other or over time. */
function isDrawable(answer: Answer): boolean {
  if (answer.kind !== 'answered') return false;
  if (answer.chart !== null) return true;
  const numbered = answer.table?.rows.filter((cells) => cells.at(-1)?.value != null) ?? [];
  return answer.topic === 'rank' && numbered.length > 1;
}

/** The card as it appears in a channel after somebody shared it; `user` is an id from Slack. */
export function sharedView(message: Rendered, user: string): Rendered {
  return under(`<@${user}> さんが共有しました`, message);
}

/** Of the menu under a greeting; the one of the Home tab is another. */
export const BRANCH_OFFER_ACTION = 'branch:choose';

const WHY =
  '担当の支部を選ぶと、支部名のない質問にその支部でお答えします。「ホーム」には、その支部の状況と報告の期限が出ます。';

/** A greeting for somebody of whose branch nothing is known yet. */
export function withBranchOffer(message: Rendered, { branches }: Catalogue): Rendered {
  const names = branches.map(({ name }) => name).filter((name) => name !== HEAD_OFFICE);
  const offer: KnownBlock = {
    ...section(WHY),
    accessory: select(names.slice(0, LIMITS.options).map(branchOption), {
      id: BRANCH_OFFER_ACTION,
      placeholder: '担当の支部を選ぶ',
    }),
  } as KnownBlock;
  return { ...message, blocks: [...message.blocks, offer], classic: [...message.classic, offer] };
}
