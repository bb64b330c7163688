import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { forHttp } from './manifest-http/for-http.ts';

/**
 * The manifest for HTTP mode, made from manifest.yml: `npm run -s manifest:http -- https://planbot.example.jp`.
 * Exit code 2 where the address is none that Slack could reach.
 */

const [address = ''] = process.argv.slice(2);
const url = URL.canParse(address) ? new URL(address) : null;
if (url?.protocol !== 'https:') {
  console.error('使い方: npm run -s manifest:http -- https://サーバー名');
  process.exitCode = 2;
} else {
  const manifest = load(readFileSync(join(import.meta.dirname, '../manifest.yml'), 'utf8'));
  console.log(dump(forHttp(manifest, url.origin), { lineWidth: 120, noRefs: true }));
}
