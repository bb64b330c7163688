import type { RespondFn } from '@slack/bolt';
import { z } from 'zod';
import { listQuery } from '../../../answers/kpi-card.ts';
import { FiscalYear } from '../../../model/fiscal-year.ts';
import { encodeQuery } from '../../../model/query.ts';
import type { PostedMessage } from '../../delivery/poster.ts';
import { reply } from '../../delivery/private-reply.ts';
import { isOutside } from '../../delivery/slack-errors.ts';
import { describeFault } from '../../log-fault.ts';
import { Json } from '../../payloads/form-payloads.ts';
import { Click } from '../../payloads/payloads.ts';
import { answerFoot } from '../../views/answer-foot.ts';
import { answerView } from '../../views/answer-view.ts';
import type { Rendered } from '../../views/blocks.ts';
import { sharedView } from '../../views/shared.ts';
import { SUMMARY_SHARE_ACTION } from '../../views/summary-share.ts';
import { readSummary } from '../commands/summary.ts';
import { pressOf, requestOf } from '../incoming.ts';
import { type Listener, listener } from '../listener.ts';
import type { StandingParts } from '../parts.ts';

const SummaryOf = Json.pipe(z.strictObject({ branch: z.string().min(1), fy: FiscalYear }));

/** Shows a branch's summary to the channel, as it is now, and takes the private one away. */
export function summaryShareListeners(parts: StandingParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: SUMMARY_SHARE_ACTION,
      schema: Click,
      once: pressOf,
      apology: '申し訳ありません。共有できませんでした。少し時間をおいて、もう一度お試しください。',
      handle: (click, { respond }) => share(parts, click, respond),
    }),
  ];
}

async function share(parts: StandingParts, click: Click, respond: RespondFn): Promise<void> {
  const { branch, fy } = SummaryOf.parse(click.actions[0]?.value);
  const found = await readSummary(parts, branch, fy);
  if (found === null) return;
  const foot = answerFoot(click.user.id);
  const message = sharedView(answerView(found.answer, foot.blocks, foot.classic), click.user.id);
  const posted = await postOr(parts, click, message, () =>
    reply(respond, message, { response_type: 'in_channel', replace_original: false }),
  );
  if (posted !== null) await remember(parts, posted, click.user.id, { branch, fy });
  await respond({ delete_original: true });
}

/** Where the bot is no member, the click itself may still speak in the channel. */
async function postOr(
  { poster: { post } }: StandingParts,
  click: Click,
  message: Rendered,
  otherwise: () => Promise<null>,
): Promise<PostedMessage | null> {
  try {
    return await post({ channel: click.channel.id, threadTs: null }, message, requestOf(click));
  } catch (error) {
    if (!isOutside(error)) throw error;
    return otherwise();
  }
}

/** So that whoever shared it can take it away, and what readers think of it is known to be of it. */
async function remember(
  { store, now, log }: StandingParts,
  posted: PostedMessage,
  asker: string,
  of: { branch: string; fy: FiscalYear },
): Promise<void> {
  try {
    const asked = encodeQuery(listQuery(of.branch, of.fy));
    await store.savePostedAnswer({ ...posted, questionTs: null, asker, asked }, now());
  } catch (error) {
    log.error(describeFault(error), 'shared summary not recorded');
  }
}
