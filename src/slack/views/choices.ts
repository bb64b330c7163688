import type { Button, KnownBlock } from '@slack/web-api';
import type { Answer, Choice } from '../../model/answer.ts';
import type { Asked } from '../../model/ask.ts';
import { HEAD_OFFICE } from '../../model/branch.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { Query } from '../../model/query.ts';
import { buttonValue } from '../button-question.ts';
import { LIMITS } from '../limits.ts';
import type { Rendered } from './blocks.ts';
import { branchOption } from './pickers.ts';
import { contextLine, plainTextElement, section } from './text.ts';

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
  if (shown.length === 0) {
    return [];
  }
  const elements = shown.map(
    ({ label, value }, index): Button => ({
      type: 'button',
      action_id: `choice:${index}`,
      text: plainTextElement(label, LIMITS.buttonLabel),
      value,
    }),
  );
  return [{ type: 'actions', elements }];
}

/** The button that shows a private answer to the channel. It carries the query: Slack keeps no private message. */
export function shareButton(query: Query): KnownBlock[] {
  const value = buttonValue(query);
  if (value === null) return [];
  const button: Button = {
    type: 'button',
    action_id: SHARE_ACTION,
    text: plainTextElement('チャンネルに共有', LIMITS.buttonLabel),
    value,
    style: 'primary',
  };
  return [{ type: 'actions', elements: [button] }];
}

export const PICTURE_ACTION = 'picture';

/** Offers rankings and trends as a picture; the button carries the query. */
export function pictureButton({ answer, query }: Asked): KnownBlock[] {
  const value = isDrawable(answer) ? buttonValue(query) : null;
  if (value === null) return [];
  return [
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: PICTURE_ACTION,
          text: plainTextElement('グラフを画像で受け取る', LIMITS.buttonLabel),
          value,
        },
      ],
    },
  ];
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
  const by = contextLine(`<@${user}> さんが共有しました`);
  return { ...message, blocks: [by, ...message.blocks], classic: [by, ...message.classic] };
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
    accessory: {
      type: 'static_select',
      action_id: BRANCH_OFFER_ACTION,
      placeholder: plainTextElement('担当の支部を選ぶ', LIMITS.placeholder),
      options: names.slice(0, LIMITS.options).map(branchOption),
    },
  } as KnownBlock;
  return { ...message, blocks: [...message.blocks, offer], classic: [...message.classic, offer] };
}
