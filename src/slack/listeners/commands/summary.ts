import type { RespondFn } from '@slack/bolt';
import { answerSummary } from '../../../answers/summary.ts';
import type { Answered } from '../../../model/answer.ts';
import { formatBranch } from '../../../model/branch.ts';
import { dayInTokyo, type FiscalYear, formatFiscalYear } from '../../../model/fiscal-year.ts';
import { reply } from '../../delivery/private-reply.ts';
import { latestStandings } from '../../latest-standings.ts';
import { describeFault } from '../../log-fault.ts';
import type { SlashCommand } from '../../payloads/payloads.ts';
import { answerView, sentence } from '../../views/answer-view.ts';
import type { Rendered } from '../../views/blocks.ts';
import { summaryShareButton } from '../../views/summary-share.ts';
import type { StandingParts } from '../parts.ts';
import { createSummaryScopeReader, type ReadSummaryScope } from './summary-scope.ts';

const SHOWN_REST = 40;
const NO_BRANCH =
  '支部名を入れてください。例：/kpi まとめ 東京 令和7。「/kpi 設定」でこのチャンネルの支部を決めておくと、省略できます。';
const FAULT = '申し訳ありません。まとめを作れませんでした。少し時間をおいて、もう一度お試しください。';

/** /kpi まとめ 東京 令和7: all KPIs of a branch on one card. */
export function createSummaries(
  parts: StandingParts,
): (command: SlashCommand, respond: RespondFn) => Promise<void> {
  const readScope = createSummaryScopeReader(parts.catalogue);
  return async (command, respond) => {
    const show = (message: Rendered) => reply(respond, message, { response_type: 'ephemeral' });
    try {
      await show(await summaryFor(parts, readScope, command));
    } catch (error) {
      parts.log.error(describeFault(error), 'summary failed');
      await show(sentence(FAULT));
    }
  };
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
  return answerView(found.answer, summaryShareButton({ branch, fy: found.fy }));
}

/** Null where no document has KPIs of that branch and year. */
export async function readSummary(
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
