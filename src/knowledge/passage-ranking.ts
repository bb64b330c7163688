/** The figures that order passages. Each was kept because taking it away scored lower (docs below the table in README). */
export interface PassageRanking {
  /** BM25 saturation. */
  k1: number;
  /** How far a long body, or a long heading, counts less; 0 to 1. */
  bodyLengthNorm: number;
  headingLengthNorm: number;
  /** A word in the heading counts as this many in the body. */
  headingWeight: number;
  titleWeight: number;
  /** A character pair beside a word. */
  bigramWeight: number;
  /** A synonym beside the word that was asked. */
  synonymWeight: number;
  /** Passages that are read again word by word. */
  rerankDepth: number;
  /** Best sentence's share of the question, beside the first score. */
  sentenceWeight: number;
  /** Least score of an answer, in natural logarithms of the number of passages; below it nothing is near. */
  nearScore: number;
  /** Share of the question's words, by rarity, that is near whatever the score: for questions of one word. */
  nearShare: number;
  /** Share of the best score that a branch's passage must reach to be named among the branches that say it. */
  branchShare: number;
  /** Passages of an older year, where the question names none. */
  olderYearFactor: number;
}

export const RANKING: PassageRanking = {
  k1: 0.7,
  bodyLengthNorm: 0.6,
  headingLengthNorm: 0.3,
  headingWeight: 1.5,
  titleWeight: 2,
  bigramWeight: 0.6,
  synonymWeight: 0.6,
  rerankDepth: 50,
  sentenceWeight: 0.8,
  nearScore: 1.7,
  nearShare: 0.6,
  branchShare: 0.6,
  olderYearFactor: 0.95,
};
