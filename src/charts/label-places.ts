import { textWidth } from './svg-text.ts';

export interface LabelBox {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Label {
  text: string;
  x: number;
  /** Base line. */
  y: number;
}

/** Looks for a place beside each point where no label lies over another; a label that finds none is left out. */
export function createLabels(size: number, within: LabelBox) {
  const taken: LabelBox[] = [];
  const isFree = (box: LabelBox) =>
    box.left >= within.left &&
    box.right <= within.right &&
    box.top >= within.top &&
    box.bottom <= within.bottom &&
    taken.every(
      (other) =>
        box.right <= other.left ||
        box.left >= other.right ||
        box.bottom <= other.top ||
        box.top >= other.bottom,
    );
  return {
    /** Keeps a place free of labels. */
    take(box: LabelBox): void {
      taken.push(box);
    },
    /** Centred above the point, else below it, else to its right or left. Null where all of these are taken. */
    place(text: string, x: number, y: number): Label | null {
      const half = textWidth(text, size) / 2;
      const centres = [
        [x, y - 14],
        [x, y + 14 + size * 0.7],
        [x + half + 12, y + size * 0.35],
        [x - half - 12, y + size * 0.35],
      ] as const;
      for (const [centre, base] of centres) {
        const box = { left: centre - half - 2, right: centre + half + 2, top: base - size, bottom: base + 3 };
        if (isFree(box)) {
          taken.push(box);
          return { text, x: centre, y: base };
        }
      }
      return null;
    },
  };
}
