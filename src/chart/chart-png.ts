import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const FAMILY = 'BIZ UDPGothic';
const FONTS = ['400Regular/BIZUDPGothic_400Regular.ttf', '700Bold/BIZUDPGothic_700Bold.ttf'];
/** Sharp on paper and on screens of high density. */
const ZOOM = 2;

const resolve = createRequire(import.meta.url).resolve;

/** The picture as PNG, in a Japanese font that planbot brings along: no font of the machine is used. */
export async function chartPng(svg: string, zoom = ZOOM): Promise<Uint8Array> {
  const fontBuffers = await renderer();
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontBuffers, defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
  });
  try {
    return image.render().asPng();
  } finally {
    image.free();
  }
}

let started: Promise<Uint8Array[]> | null = null;

/** The renderer is started once a process, with the fonts; a failed start is tried again. */
function renderer(): Promise<Uint8Array[]> {
  started ??= start().catch((error) => {
    started = null;
    throw error;
  });
  return started;
}

async function start(): Promise<Uint8Array[]> {
  const wasm = await readFile(resolve('@resvg/resvg-wasm/index_bg.wasm'));
  const fonts = await Promise.all(
    FONTS.map((font) => readFile(resolve(`@expo-google-fonts/biz-udpgothic/${font}`))),
  );
  // Last, since it can succeed only once.
  await initWasm(wasm);
  return fonts;
}
