import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Which folders and files at the top of src/ each of them may import besides itself; src/README.md has the table. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  japanese: ['model'],
  catalogue: ['japanese', 'model'],
  documents: ['catalogue', 'japanese', 'model'],
  tables: ['catalogue', 'documents', 'japanese', 'model'],
  store: ['japanese', 'model'],
  search: ['catalogue', 'japanese', 'model'],
  questions: ['catalogue', 'japanese', 'model'],
  answers: ['catalogue', 'japanese', 'model', 'questions', 'search', 'store'],
  reminders: ['catalogue', 'model', 'store'],
  intake: ['catalogue', 'documents', 'model', 'store', 'tables'],
  reporting: ['catalogue', 'intake', 'model', 'store', 'tables'],
  slack: ['answers', 'charts', 'model', 'questions', 'reminders', 'reporting'],
  charts: ['japanese', 'model'],
  reports: ['japanese', 'model'],
  operations: ['model'],
  playground: ['charts', 'model'],
};
const PARTS = Object.keys(MAY_IMPORT);
MAY_IMPORT['config.ts'] = ['model', 'slack', 'store'];
MAY_IMPORT.app = [...PARTS, 'config.ts'];
MAY_IMPORT.cli = [...PARTS, 'config.ts', 'app'];
MAY_IMPORT['cli.ts'] = ['cli'];

const VENDORS: Record<string, readonly string[]> = {
  '@slack/': ['slack', 'playground'],
  kysely: ['store'],
  'better-sqlite3': ['store'],
  pg: ['store'],
  minisearch: ['catalogue'],
  kuromoji: ['japanese'],
  'pdfjs-dist': ['documents'],
  'read-excel-file': ['documents', 'tables'],
  '@resvg/': ['charts'],
  'write-excel-file': ['reports'],
  'prom-client': ['operations'],
};

const SRC = new URL('../src/', import.meta.url).pathname;
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const imports = files.flatMap((file) =>
  [...readFileSync(join(SRC, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => ({
    file,
    folder: file.split('/')[0] ?? '',
    target: match[1] ?? '',
  })),
);

function folderOf(file: string, target: string): string {
  const path = relative(SRC, normalize(join(SRC, dirname(file), target)));
  return path.split('/')[0] ?? '';
}

describe('folders of src/', () => {
  it('import one way', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .filter(({ file, folder, target }) => {
        const to = folderOf(file, target);
        return to !== folder && !(MAY_IMPORT[folder] ?? []).includes(to);
      })
      .map(({ file, target }) => `${file} → ${target}`);
    expect(wrong).toEqual([]);
  });

  it('keep each vendor in its place', () => {
    const wrong = imports
      .filter(({ target, folder }) =>
        Object.entries(VENDORS).some(
          ([vendor, places]) => target.startsWith(vendor) && !places.includes(folder),
        ),
      )
      .map(({ file, target }) => `${file} → ${target}`);
    expect(wrong).toEqual([]);
  });

  it('give an exported name one meaning', () => {
    const places = new Map<string, Set<string>>();
    for (const file of files) {
      const text = readFileSync(join(SRC, file), 'utf8');
      const names = text.matchAll(/^export (?:async )?(?:function|const|class|interface|type|enum) (\w+)/gm);
      for (const [, name = ''] of names) places.set(name, (places.get(name) ?? new Set()).add(file));
    }
    const several = [...places].filter(([, own]) => own.size > 1);
    expect(several.map(([name, own]) => `${name}: ${[...own].join(', ')}`)).toEqual([]);
  });

  it('have no barrel and no utils', () => {
    expect(files.filter((file) => /(?:^|\/)(?:index|utils?|helpers?)\.ts$/.test(file))).toEqual([]);
  });

  it('hold no import cycle, file by file or folder by folder', () => {
    const graph = new Map<string, string[]>();
    for (const { file, target } of imports) {
      if (!target.startsWith('.')) continue;
      graph.set(file, [
        ...(graph.get(file) ?? []),
        relative(SRC, normalize(join(SRC, dirname(file), target))),
      ]);
    }
    expect(cycles(graph)).toEqual([]);
    const folders = new Map(Object.entries(MAY_IMPORT).map(([folder, others]) => [folder, [...others]]));
    expect(cycles(folders)).toEqual([]);
  });
});

function cycles(graph: Map<string, string[]>): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  function visit(file: string, path: readonly string[]): void {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'done');
  }
  for (const file of graph.keys()) visit(file, []);
  return found;
}
