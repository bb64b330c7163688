import { foldRomaji, toRomaji } from '../japanese/romaji.ts';
import { type Branch, HEAD_OFFICE } from '../model/branch.ts';

const SEPARATORS = /[\s\-_・.／/（）()「」]+/;

/**
 * The branch that the name of a channel speaks of: 群馬支部, gunma, 群馬支部-企画; null where it names none or
 * several. Whole parts of the name count alone, since 福井さん is no branch. The head office asks about all
 * branches: its channel is nobody's.
 */
export function branchInName(name: string, branches: readonly Branch[]): string | null {
  const parts = name.normalize('NFKC').toLowerCase().split(SEPARATORS);
  const named = branches.filter(
    (branch) => branch.name !== HEAD_OFFICE && parts.some((part) => names(part, branch)),
  );
  return named.length === 1 ? (named[0]?.name ?? null) : null;
}

function names(part: string, { name, prefecture, reading }: Branch): boolean {
  if (part.startsWith(`${name}支部`) || part === name || part === prefecture) return true;
  return /^[a-z]+$/.test(part) && foldRomaji(part.replace(/shibu$/, '')) === toRomaji(reading);
}
