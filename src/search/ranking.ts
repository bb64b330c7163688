/**
 * The figures that order passages and decide whether one answers, and what each ingredient adds: measured through
 * `ask` on 420 questions that readers wrote from the plans in everyday words (322 that a passage answers, 49 for
 * branches, 49 that nothing answers; seven batches of sixty, run once before anything of them was read, then tuned
 * on). A refusal shows what comes near, which counts as first or among three, not as answered.
 *
 * | left out | first | in the first three | answered rightly | branches (precision, recall) | refused rightly |
 * | --- | --- | --- | --- | --- | --- |
 * | nothing | 292 | 311 | 305 | 37 (0.93, 0.92) | 48 |
 * | the best sentence beside the first score | 287 | 310 | 302 | 37 (0.93, 0.91) | 47 |
 * | general words (〜育成, 〜調べる) | 288 | 309 | 294 | 37 (0.93, 0.91) | 49 |
 * | words that no concept has, as a share of the question | 292 | 311 | 304 | 37 (0.94, 0.92) | 49 |
 *
 * Without the comparison with other branches 54 of 119 right refusals are lost (measured earlier, on 1,027 questions).
 * Which branches do something is decided without fitted figures (`showWhatIsDone`): on 129 questions precision 0.96
 * and recall 0.91, where the fitted rule that it replaced had 0.93 and 0.92.
 *
 * Three questions more or less are chance. Character pairs stay for words that no concept covers: they add nothing
 * here, but on 600 questions made from 11,147 encyclopaedia paragraphs MRR@10 fell from 0.931 to 0.893 without pairs.
 */
export interface PassageRanking {
  /** BM25 saturation. */
  k1: number;
  /** How far a long body, or a long heading, counts less; 0 to 1. */
  bodyLengthNorm: number;
  headingLengthNorm: number;
  /** A word in the heading or the title counts as this many in the body. */
  headingWeight: number;
  /** A character pair beside a word. */
  bigramWeight: number;
  /** A concept of general words beside one of things. */
  generalWeight: number;
  /** The rarity of a word that no concept has, beside that of a concept. */
  plainWeight: number;
  /** Passages that are read again word by word. */
  rerankDepth: number;
  /** Best sentence's share of the question, beside the first score. */
  sentenceWeight: number;
  /** An answer, or what is near enough to be shown where nothing answers, says at least this share of the question. */
  leastShare: number;
  /** And it scores at least this share of the best passage of other branches, or says the question's rarest concept. */
  elsewhereShare: number;
  /** Passages of an older year, where the question names none. */
  olderYearFactor: number;
}

export const RANKING: PassageRanking = {
  k1: 0.7,
  bodyLengthNorm: 0.6,
  headingLengthNorm: 0.3,
  headingWeight: 1.5,
  bigramWeight: 0.6,
  generalWeight: 0.5,
  plainWeight: 0.3,
  rerankDepth: 50,
  sentenceWeight: 0.8,
  elsewhereShare: 0.58,
  leastShare: 0.2,
  olderYearFactor: 0.75,
};
