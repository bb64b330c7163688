import type { PartText } from '../part-text.ts';

interface Section {
  path: string;
  /** Index of its last line. */
  last: number;
  heading: Set<string>;
  text: Set<string>;
}

/** A word of a heading tells more of what a budget is for than a word of the text below it. */
const HEADING_WEIGHT = 3;

/**
 * Finds the section that a row of budgets is for. A row's cells do not say which part of the plan beside them they
 * belong to: of the sections between the last row's and the end of this row's text, it is the one that shares
 * most of the names' character pairs, rare ones counting more.
 */
export function budgetSections(part: PartText): (names: string, line: number) => string {
  const sections = sectionsOf(part);
  let current = 0;
  return (names, line) => {
    const end = Math.max(
      current,
      sections.findIndex(({ last }) => last >= lastIndexOf(part, line)),
    );
    const pairs = [...pairsOf(names)];
    let best = { at: current, score: -1 };
    for (let at = current; at <= end; at++) {
      const section = sections[at];
      const score = section ? pairs.reduce((sum, pair) => sum + shareOf(pair, section, sections), 0) : -1;
      if (score > best.score) best = { at, score };
    }
    current = best.at;
    return sections[best.at]?.path ?? '';
  };
}

function shareOf(pair: string, section: Section, sections: readonly Section[]): number {
  const weight = section.heading.has(pair) ? HEADING_WEIGHT : section.text.has(pair) ? 1 : 0;
  if (weight === 0) return 0;
  const holders = sections.filter((own) => own.heading.has(pair) || own.text.has(pair)).length;
  return weight * Math.log(1 + sections.length / holders);
}

/** Runs of lines under one path; numbered items (①) are of the section they stand in. */
function sectionsOf(part: PartText): Section[] {
  const sections: Section[] = [];
  for (const [index, line] of part.lines.entries()) {
    const titles = part.sectionAt(index).filter((title) => !/^[①-⑳]/.test(title));
    const path = titles.join(' > ');
    const open = sections.at(-1);
    if (open?.path === path) {
      open.last = index;
      for (const pair of pairsOf(line.text)) open.text.add(pair);
    } else {
      sections.push({ path, last: index, heading: pairsOf(titles.at(-1) ?? ''), text: pairsOf(line.text) });
    }
  }
  return sections;
}

function lastIndexOf(part: PartText, line: number): number {
  return part.lines.findLastIndex((own) => own.number <= line);
}

function pairsOf(text: string): Set<string> {
  const dense = text.replace(/[\s・()（）「」、。]/g, '');
  return new Set(Array.from({ length: Math.max(0, dense.length - 1) }, (_, at) => dense.slice(at, at + 2)));
}
