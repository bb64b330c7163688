import { compareSentences, type SentenceChange } from '../japanese/sentence-changes.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { PassageHit } from '../model/passage.ts';
import { answered } from './card.ts';
import { sourceOf, toAnswerPassage } from './passage-parts.ts';
import type { Sources } from './sources.ts';

/** Words of the question itself, which no plan has. */
const CHANGE_WORDS =
  /何が|どう|どこが|変わ(?=\s|$)|変わ[っりる]\S*|変更点|違い?ますか?|違う|前の?年度?|昨年度?|から|と比べ\S*/g;
const SECTION_HITS = 6;
const SHOWN_CHANGES = 8;

interface Side {
  branch: string;
  fy: FiscalYear;
}

/** The part of a question about text that a comparison needs. */
interface AskedChange {
  branches: readonly string[];
  fys: readonly FiscalYear[];
  about: string;
}

/** 「令和6から何が変わった？」: the same section of two years, or of two branches, sentence by sentence; null where there are no two. */
export async function answerChanges(question: AskedChange, sources: Sources): Promise<Answer | null> {
  const { about } = question;
  const sides = await sidesOf(question, sources);
  if (sides === null) return null;
  const words = about.replace(CHANGE_WORDS, ' ').trim();
  const [from, to] = sides;
  const after = sectionHits(words, to, sources);
  const current = after[0]?.passage;
  if (!current) return null;
  const before = sectionHits(`${words} ${current.section.at(-1) ?? ''}`, from, sources);
  const changes = compareSentences(textOf(before), textOf(after));
  // Sections with no sentence in common are two different ones: that is no comparison.
  if (!changes.some(({ kind }) => kind === 'same' || kind === 'changed')) return null;
  const told = changes.filter(({ kind }) => kind !== 'same');
  const name = ({ branch, fy }: Side) => `${formatBranch(branch)} ${formatFiscalYear(fy)}`;
  return answered({
    topic: 'passage',
    title: `${name(from)}と${from.branch === to.branch ? formatFiscalYear(to.fy) : name(to)}の比較［${current.section.at(-1) ?? '本文'}］`,
    lines: [
      told.length === 0
        ? '文に違いはありません。'
        : `違う文は${told.length}件、同じ文は${changes.length - told.length}件です。`,
      ...told.slice(0, SHOWN_CHANGES).map((change) => lineOf(change, from, to)),
      ...(told.length > SHOWN_CHANGES ? [`ほか${told.length - SHOWN_CHANGES}件は資料をご覧ください。`] : []),
    ],
    passages: [...after, ...before].map(toAnswerPassage),
    sources: [...after, ...before].map(sourceOf),
  });
}

/** Two branches of one year, or the two years of one branch; earlier first. */
async function sidesOf({ branches, fys }: AskedChange, sources: Sources): Promise<[Side, Side] | null> {
  const parts = await sources.knowledge.parts();
  const yearsOf = (name: string) => [
    ...new Set(parts.filter(({ branch }) => branch === name).map(({ fy }) => fy)),
  ];
  const [first, second] = branches;
  if (first !== undefined && second !== undefined) {
    const shared = yearsOf(first).filter(
      (fy) => yearsOf(second).includes(fy) && (fys.length === 0 || fys.includes(fy)),
    );
    const fy = Math.max(...shared);
    return shared.length === 0
      ? null
      : [
          { branch: first, fy },
          { branch: second, fy },
        ];
  }
  if (first === undefined) return null;
  const years = yearsOf(first).sort((a, b) => a - b);
  const asked = [...fys].sort((a, b) => a - b);
  const [from, to] =
    asked.length >= 2 ? asked : asked.length === 1 ? [asked[0], years.at(-1)] : years.slice(-2);
  if (from === undefined || to === undefined || from === to) return null;
  return years.includes(from) && years.includes(to)
    ? [
        { branch: first, fy: from },
        { branch: first, fy: to },
      ]
    : null;
}

/** The best passage on the words and those of its section, in the order of the document. */
function sectionHits(words: string, { branch, fy }: Side, sources: Sources): PassageHit[] {
  const hits = sources.passages.search({ text: words, limit: SECTION_HITS, branches: [branch], fys: [fy] });
  const path = hits[0]?.passage.section.join('>');
  return hits
    .filter(({ passage }) => passage.section.join('>') === path)
    .sort((a, b) => a.passage.from - b.passage.from);
}

function textOf(hits: readonly PassageHit[]): string {
  return hits.map(({ passage }) => passage.text).join('\n');
}

function lineOf(change: SentenceChange, from: Side, to: Side): string {
  const [old, current] =
    from.branch === to.branch
      ? [formatFiscalYear(from.fy), formatFiscalYear(to.fy)]
      : [formatBranch(from.branch), formatBranch(to.branch)];
  if (change.kind === 'added') return `・${current}のみ：${change.after}`;
  if (change.kind === 'removed') return `・${old}のみ：${change.before}`;
  if (change.kind === 'changed') return `・${old}：${change.before}\n　→ ${current}：${change.after}`;
  return `・${change.text}`;
}
