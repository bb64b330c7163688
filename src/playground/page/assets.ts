import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageFolder } from '../../model/package-folder.ts';

export interface Asset {
  type: string;
  body: Buffer;
  /** True for what never changes under its name. */
  lasting: boolean;
}

/** The page's files stand beside the sources, also for the built program. */
const PAGE = join(packageFolder(), 'src', 'playground', 'page');
const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};
/** Served from here, so that Japanese looks the same everywhere and nobody outside is asked. */
const FONTS = new Map([
  ['/fonts/regular.ttf', '400Regular/BIZUDPGothic_400Regular.ttf'],
  ['/fonts/bold.ttf', '700Bold/BIZUDPGothic_700Bold.ttf'],
]);

/** A stylesheet, a script or a font of the page; null where there is none of that path. */
export async function readAsset(pathname: string): Promise<Asset | null> {
  const font = FONTS.get(pathname);
  if (font !== undefined) {
    const path = createRequire(import.meta.url).resolve(`@expo-google-fonts/biz-udpgothic/${font}`);
    return { type: 'font/ttf', body: await readFile(path), lasting: true };
  }
  const [, folder, name, kind = ''] = pathname.match(/^\/(styles|scripts)\/([a-z-]+)\.(css|js)$/) ?? [];
  if (folder === undefined) return null;
  try {
    const body = await readFile(join(PAGE, folder, `${name}.${kind}`));
    return { type: TYPES[kind] ?? '', body, lasting: false };
  } catch {
    return null;
  }
}

export function readPageFile(): Promise<string> {
  return readFile(join(PAGE, 'index.html'), 'utf8');
}
