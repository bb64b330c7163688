import { expect, test } from 'vitest';
import { chartPng } from '../../src/charts/chart-png.ts';
import { chartSvg } from '../../src/charts/chart-svg.ts';
import { drawingOf } from './drawings.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

const svg = chartSvg(drawingOf('bar', { 目標: { 東京支部: 80, 大阪支部: 40 } }));

test('a picture is a PNG of twice its size', async () => {
  const png = await chartPng(svg);
  expect([...png.slice(0, 8)]).toEqual(SIGNATURE);
  const height = Number(/height="([\d.]+)"/.exec(svg)?.[1]);
  expect(sizeOf(png)[0]).toBe(1920);
  expect(Math.abs(sizeOf(png)[1] - height * 2)).toBeLessThanOrEqual(1);
});

test('two at once come out the same, and one that fails does not keep the next from being drawn', async () => {
  const [one, failed, other] = await Promise.allSettled([
    chartPng(svg),
    chartPng('no picture'),
    chartPng(svg),
  ]);
  expect(failed.status).toBe('rejected');
  expect(one).toMatchObject({ status: 'fulfilled' });
  expect(other).toEqual(one);
});

test('Japanese words leave ink: each kanji its own', async () => {
  const pictures = await Promise.all(
    ['東京支部', '大阪支部', ''].map((title) =>
      chartPng(
        `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="30"><text y="20">${title}</text></svg>`,
      ),
    ),
  );
  expect(new Set(pictures.map((png) => Buffer.from(png).toString('base64'))).size).toBe(3);
});

test('hostile words do not stop the picture', async () => {
  const hostile = drawingOf(
    'bar',
    { '<script>&"': { '</text>\u0000\ud800': 1, '🙂<b>': 2 } },
    { notes: [']]>&#0;'] },
  );
  expect((await chartPng(chartSvg(hostile))).length).toBeGreaterThan(1000);
});

test('nothing else waits while a picture is drawn', async () => {
  let done = false;
  const drawn = chartPng(svg).then(() => {
    done = true;
  });
  let turns = 0;
  while (!done) {
    turns += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await drawn;
  expect(turns).toBeGreaterThan(100);
});
