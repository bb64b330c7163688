import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

// A worker thread takes no TypeScript: this file is run as it stands, also by the built program.
const { svg, zoom, wasm, fonts, family } = workerData;
await initWasm(readFileSync(wasm));
const image = new Resvg(svg, {
  fitTo: { mode: 'zoom', value: zoom },
  font: {
    fontBuffers: fonts.map((font) => readFileSync(font)),
    defaultFontFamily: family,
    sansSerifFamily: family,
  },
});
parentPort.postMessage(image.render().asPng());
