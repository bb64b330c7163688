import type { RespondFn } from '@slack/bolt';
import { z } from 'zod';
import { listQuery } from '../../answers/kpi-card.ts';
import { answerSummary, type ReadSummaryScope } from '../../answers/summary.ts';
import type { Answered } from '../../model/answer.ts';
import { formatBranch } from '../../model/branch.ts';
import { dayInTokyo, FiscalYear, formatFiscalYear } from '../../model/fiscal-year.ts';
import { encodeQuery } from '../../model/query.ts';
import { reply } from '../delivery/private-reply.ts';
import { latestStandings } from '../latest-standings.ts';
import { logged } from '../log.ts';
import { Json, MessageClick, type SlashCommand } from '../payloads.ts';
import type { Rendered } from '../views/blocks.ts';
import { answerFoot, answerView, sentence } from '../views/card.ts';
import { shareButton, sharedView } from '../views/choices.ts';
import { postToChannel } from './answer-actions.ts';
import { type Listener, on } from './listener.ts';
import type { StandingParts } from './listener-parts.ts';

const SHOWN_REST = 40;
const NO_BRANCH =
  '支部名を入れてください。例：/kpi まとめ 東京 令和7。「/kpi 設定」でこのチャンネルの支部を決めておくと、省略できます。';
const FAULT = '申し訳ありません。まとめを作れませんでした。少し時間をおいて、もう一度お試しください。';

/** /kpi まとめ 東京 令和7: all KPIs of a branch on one card. */
export async function replyWithSummary(
  parts: StandingParts,
  readScope: ReadSummaryScope,
  command: SlashCommand,
  respond: RespondFn,
): Promise<void> {
  const summary = await summaryFor(parts, readScope, command).catch(
    logged(parts.log, 'error', 'summary failed'),
  );
  await reply(respond, summary ?? sentence(FAULT));
}

async function summaryFor(
  parts: StandingParts,
  readScope: ReadSummaryScope,
  { text, user_id: asker, channel_id: channel }: SlashCommand,
): Promise<Rendered> {
  const scope = readScope(text, dayInTokyo(parts.now()));
  if (scope.rest !== '') {
    return sentence(
      `「${scope.rest.slice(0, SHOWN_REST)}」は支部名・年度として読み取れませんでした。例：/kpi まとめ 東京 令和7`,
    );
  }
  const defaults = await parts.questionDefaults({ asker, channel });
  const branch = scope.branch ?? defaults.branch;
  if (branch === undefined) return sentence(NO_BRANCH);
  const fy = scope.fy ?? defaults.fy ?? null;
  const found = await readSummary(parts, branch, fy);
  if (found === null) {
    const year = fy === null ? '' : `${formatFiscalYear(fy)}の`;
    return sentence(`${formatBranch(branch)}の${year}KPIは、資料にありません。`);
  }
  return answerView(
    found.answer,
    shareButton(SUMMARY_SHARE_ACTION, JSON.stringify({ branch, fy: found.fy })),
  );
}

/** Null where no document has KPIs of that branch and year. */
async function readSummary(
  parts: StandingParts,
  branch: string,
  fy: FiscalYear | null,
): Promise<{ answer: Answered; fy: FiscalYear } | null> {
  const found =
    fy === null ? await latestStandings(parts, branch) : { fy, standings: await parts.standings(branch, fy) };
  if (found === null || found.standings.length === 0) return null;
  const note = fy === null ? `年度の指定がないため、${formatFiscalYear(found.fy)}でお答えしました。` : null;
  return { answer: answerSummary({ branch, ...found, note }, parts.catalogue), fy: found.fy };
}

const SummaryOf = Json.pipe(z.strictObject({ branch: z.string().min(1), fy: FiscalYear }));

const SUMMARY_SHARE_ACTION = 'summary:share';

/** Shows a branch's summary to the channel, as it is now, and takes the private one away. */
export function summaryShareListeners(parts: StandingParts): Listener[] {
  return [
    on('action', SUMMARY_SHARE_ACTION, MessageClick, (click, { respond }) => share(parts, click, respond), {
      apology: '申し訳ありません。共有できませんでした。少し時間をおいて、もう一度お試しください。',
    }),
  ];
}

async function share(parts: StandingParts, click: MessageClick, respond: RespondFn): Promise<void> {
  const { store, now, log } = parts;
  const asker = click.user.id;
  const { branch, fy } = SummaryOf.parse(click.actions[0].value);
  const found = await readSummary(parts, branch, fy);
  if (found === null) return;
  const foot = answerFoot(asker);
  const message = sharedView(answerView(found.answer, foot.blocks, foot.classic), asker);
  const posted = await postToChannel(parts, click, message, respond);
  if (posted !== null) {
    // So that whoever shared it can take it away, and what readers think of it is known to be of it.
    const asked = encodeQuery(listQuery(branch, fy));
    await store.answers
      .save({ ...posted, questionTs: null, asker, asked }, now())
      .catch(logged(log, 'error', 'shared summary not recorded'));
  }
  await respond({ delete_original: true });
}
