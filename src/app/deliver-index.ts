import { join } from 'node:path';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { loadTokenizer } from '../japanese/tokenizer.ts';
import { packageFolder } from '../model/package-folder.ts';
import { openBuiltIn } from './built-in.ts';
import { openDeliveredPassages } from './store-passages.ts';

/** Run by the build: indexes the plan text that planbot is delivered with, into the program's own folder. */
const catalogue = loadCatalogue();
await openDeliveredPassages({
  dataDir: join(packageFolder(), 'dist'),
  catalogue,
  tokenizer: loadTokenizer(catalogue.dictionary),
  passages: await (await openBuiltIn(catalogue)).passages(),
  tell: () => undefined,
  isAtWork: false,
});
