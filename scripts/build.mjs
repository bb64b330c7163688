import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * Builds dist/cli.js. Libraries of many small modules are bundled, since finding them one by one takes a third of
 * the time to the first answer; what brings native code, workers or files of its own is left where it is.
 */
const EXTERNAL = [
  '@holiday-jp/holiday_jp',
  '@resvg/resvg-wasm',
  '@slack/*',
  'better-sqlite3',
  'better-sqlite3-13',
  'kuromoji',
  'pdfjs-dist',
  'pg',
  'pino',
  'prom-client',
  'read-excel-file',
  'undici',
  'write-excel-file',
  'ws',
];

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: {
    cli: 'src/cli.ts',
    'deliver-index': 'src/app/deliver-index.ts',
    'read-worker': 'src/documents/read-worker.ts',
    'index-worker': 'src/search/index-worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: EXTERNAL,
  sourcemap: true,
  logLevel: 'warning',
});
// What is delivered is indexed once, here, and not at everybody's first start.
await import('../dist/deliver-index.js');
