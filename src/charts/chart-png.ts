import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageFolder } from '../model/package-folder.ts';

const FAMILY = 'BIZ UDPGothic';
const FONTS = ['400Regular/BIZUDPGothic_400Regular.ttf', '700Bold/BIZUDPGothic_700Bold.ttf'];
/** Sharp on paper and on screens of high density. */
const ZOOM = 2;

let last: Promise<unknown> = Promise.resolve();

/**
 * The picture as PNG, in a Japanese font that planbot brings along: no font of the machine is used. Drawn beside
 * everything else, since it keeps a core busy for a moment; one at a time, so that it is never more than one.
 */
export function chartPng(svg: string, zoom = ZOOM): Promise<Uint8Array> {
  const drawn = last.then(() => drawInWorker(svg, zoom));
  last = drawn.catch(() => undefined);
  return drawn;
}

function drawInWorker(svg: string, zoom: number): Promise<Uint8Array> {
  const { resolve: find } = createRequire(import.meta.url);
  const workerData = {
    svg,
    zoom,
    family: FAMILY,
    wasm: find('@resvg/resvg-wasm/index_bg.wasm'),
    fonts: FONTS.map((font) => find(`@expo-google-fonts/biz-udpgothic/${font}`)),
  };
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(packageFolder(), 'src', 'charts', 'png-worker.mjs'), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the drawing thread ended with ${code}`)));
  });
}
