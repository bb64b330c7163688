import type { KnownBlock } from '@slack/web-api';
import { HEAD_OFFICE } from '../../model/branch.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import { LIMITS } from '../limits.ts';
import type { Rendered } from './blocks.ts';
import { branchOption } from './pickers.ts';
import { plainTextElement, section } from './text.ts';

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
