import { NO_WEIGHT, type Weight } from '../../model/kpi.ts';
import type { Line } from '../lines.ts';
import { headingOf } from '../outline.ts';
import type { Statement } from './statements.ts';

/** 【重要度：高】, with its reason on the same line or below. */
const MARKS: readonly { of: keyof Weight; pattern: RegExp }[] = [
  { of: 'importance', pattern: /^[【[(]\s*重要度\s*:\s*高\s*[】\])]/ },
  { of: 'difficulty', pattern: /^[【[(]\s*困難度\s*:\s*高\s*[】\])]/ },
];

/** A list of KPIs in the lines, from its first statement to its last. */
interface Block {
  from: number;
  to: number;
}

/** Marks that no heading and no KPI part, with the KPI lists of the same section above and below them. */
interface MarkGroup {
  weight: Weight;
  above: Block | null;
  below: Block | null;
}

/**
 * Tells how a plan weighs each KPI: by the marks of its section. Offices put them above their KPIs or below;
 * one plan does it in one way, so the way that more of its marks allow counts.
 */
export function kpiWeights(
  lines: readonly Line[],
  statements: readonly Statement[],
): (statement: Statement) => Weight {
  const groups = markGroups(lines, blocksOf(statements));
  const side =
    groups.filter(({ above }) => above).length > groups.filter(({ below }) => below).length
      ? 'above'
      : 'below';
  return ({ index }) => {
    const own = groups.filter((group) => {
      const block = group[side];
      return block !== null && block.from <= index && index <= block.to;
    });
    return own.reduce((sum, { weight }) => joined(sum, weight), NO_WEIGHT);
  };
}

function joined(one: Weight, other: Weight): Weight {
  return {
    importance: one.importance ?? other.importance,
    difficulty: one.difficulty ?? other.difficulty,
  };
}

function blocksOf(statements: readonly Statement[]): Block[] {
  const blocks: Block[] = [];
  for (const { index, blockHead } of statements) {
    const last = blocks.at(-1);
    if (blockHead !== null && last) last.to = index;
    else blocks.push({ from: index, to: index });
  }
  return blocks;
}

function markGroups(lines: readonly Line[], blocks: readonly Block[]): MarkGroup[] {
  const groups: MarkGroup[] = [];
  const opening = new Map(blocks.map((block) => [block.from, block]));
  let above: Block | null = null;
  let open: MarkGroup | null = null;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    const block = opening.get(index);
    if (block) {
      if (open) open.below = block;
      open = null;
      above = block;
      index = block.to;
      continue;
    }
    if (!line) continue;
    const weight = weightOf(line.text);
    if (weight && open) open.weight = joined(open.weight, weight);
    else if (weight) {
      open = { weight, above, below: null };
      groups.push(open);
    } else if (headingOf(line) !== null) {
      above = null;
      open = null;
    }
  }
  return groups;
}

function weightOf(text: string): Weight | null {
  const mark = MARKS.find(({ pattern }) => pattern.test(text));
  return mark ? { ...NO_WEIGHT, [mark.of]: '高' } : null;
}
