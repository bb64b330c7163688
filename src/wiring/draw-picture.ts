import type { DrawPicture } from '../slack/picture.ts';
import { type DrawParts, drawAnswer } from './draw-answer.ts';

/** What a screen shows sharply; drawing holds up everything else, and grows with the square of it. */
const ZOOM = 1.5;

/** Draws answers for Slack. What draws is loaded when the first picture is asked for. */
export function wirePictures(parts: DrawParts): DrawPicture {
  return async (question, at) => {
    const drawn = await drawAnswer(parts, question, at);
    if ('why' in drawn) return drawn;
    const [{ chartSvg }, { chartPng }] = await Promise.all([
      import('../charts/chart-svg.ts'),
      import('../charts/chart-png.ts'),
    ]);
    return { title: drawn.drawing.chart.title, png: await chartPng(chartSvg(drawn.drawing), ZOOM) };
  };
}
