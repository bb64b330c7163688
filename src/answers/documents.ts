import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { DocumentKind, DocumentPart } from '../model/plan-document.ts';
import type { QuestionOf } from '../model/question.ts';
import { answered, notFound } from './card.ts';
import type { Sources } from './look-up.ts';

const KINDS: Record<DocumentKind, string> = { plan: '事業計画', progress_report: '実施状況の報告' };

/** More names than this are counted. */
const NAMED = 10;

function branchesText(parts: readonly DocumentPart[]): string {
  const branches = [...new Set(parts.map(({ branch }) => branch))];
  return branches.length > NAMED ? `${branches.length}支部` : branches.map(formatBranch).join('、');
}

/** 令和7年度 事業計画：宮城支部、本部. */
function linesOf(parts: readonly DocumentPart[]): string[] {
  const years = [...new Set(parts.map(({ fy }) => fy))].sort((a, b) => b - a);
  return years.flatMap((fy) =>
    (['plan', 'progress_report'] as const).flatMap((kind) => {
      const own = parts.filter((part) => part.fy === fy && part.kind === kind);
      return own.length === 0 ? [] : [`・${formatFiscalYear(fy)} ${KINDS[kind]}：${branchesText(own)}`];
    }),
  );
}

/** Which branches and years have documents, newest first. */
export async function answerDocuments(
  { branches, fys }: QuestionOf<'documents'>,
  { knowledge }: Sources,
): Promise<Answer> {
  const parts = (await knowledge.parts()).filter(
    ({ branch, fy }) =>
      (branches.length === 0 || branches.includes(branch)) && (fys.length === 0 || fys.includes(fy)),
  );
  if (parts.length === 0) return notFound('その支部と年度の資料はありません。');
  return answered({ topic: 'documents', title: 'お調べできる資料', lines: linesOf(parts) });
}
