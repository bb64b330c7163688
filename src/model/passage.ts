import { z } from 'zod';
import { FiscalYear } from './fiscal-year.ts';

/** A piece of a document that answers by itself, cut at sections and measures. */
export const Passage = z.strictObject({
  file: z.string().min(1),
  title: z.string().min(1),
  branch: z.string().min(1),
  fy: FiscalYear,
  /** Headings above it, outermost first. */
  section: z.array(z.string()),
  /** 1-based lines, both inclusive. */
  from: z.int().positive(),
  to: z.int().positive(),
  page: z.int().positive().nullable(),
  text: z.string().min(1),
});
export type Passage = z.infer<typeof Passage>;

/** Stands before the title of every sample. */
export const SAMPLE_MARK = '見本';

/** Made up, to show what plan text looks like: its title says so. */
export function isSample({ title }: { title: string }): boolean {
  return title.startsWith(SAMPLE_MARK);
}

export interface PassageHit {
  passage: Passage;
  score: number;
  /** Whether what is rarest in the question stands in it, with enough of the rest; else it is only near. */
  answers: boolean;
  /** The sentences of the passage that answer, in its order; the words in them that the question means, for bold. */
  excerpt: { sentences: string[]; words: string[] };
  /** Passages of other branches that say the same in nearly the same words. */
  alike: Passage[];
}
