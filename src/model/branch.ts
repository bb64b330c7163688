import { z } from 'zod';

/** The head office answers to the same questions as a branch and is kept as one. */
export const HEAD_OFFICE = '本部';

export const Branch = z.strictObject({
  /** Name without 支部: 東京, 北海道; 本部 for the head office. */
  name: z.string().min(1),
  /** Reading in hiragana. */
  reading: z.string().regex(/^[ぁ-ゖー]+$/, 'ひらがなで書いてください'),
  /** Name of the prefecture as people write it: 東京都. Empty for the head office. */
  prefecture: z.string(),
  /** 東北, 関東 … for questions about a region. Empty for the head office. */
  region: z.string(),
  /** Other names that staff use. */
  aliases: z.array(z.string().min(1)),
  /** Cities that name the branch without doubt. */
  cities: z.array(z.string().min(1)),
});
export type Branch = z.infer<typeof Branch>;

/** The branch as users read it: 東京支部, 本部. */
export function formatBranch(name: string): string {
  return name === HEAD_OFFICE ? HEAD_OFFICE : `${name}支部`;
}
