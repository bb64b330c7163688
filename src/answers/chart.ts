import type { Chart } from '../model/answer.ts';

/** What Slack's native chart holds. */
const MOST_POINTS = 20;
const LONGEST_LABEL = 20;
const LONGEST_TITLE = 50;

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** `name` says what the series holds: 目標, 実績. Null where a chart would say no more than the text, or not hold it. */
export function chartOf(
  kind: Chart['kind'],
  { title, name }: { title: string; name: string },
  unit: string | null,
  points: readonly { label: string; value: number }[],
): Chart | null {
  if (points.length < 2 || points.length > MOST_POINTS) return null;
  return {
    kind,
    title: shorten(title, LONGEST_TITLE),
    unit: unit ?? '',
    series: [
      {
        name: shorten(name, LONGEST_LABEL),
        points: points.map(({ label, value }) => ({ label: shorten(label, LONGEST_LABEL), value })),
      },
    ],
  };
}
