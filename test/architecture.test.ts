import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = new URL('../src/', import.meta.url).pathname;

/** Which folders and files at the top of src/ each of them may import besides itself: the table of src/README.md. */
const MAY_IMPORT = mayImport(readFileSync(join(SRC, 'README.md'), 'utf8'));

function mayImport(readme: string): Record<string, string[]> {
  const table = readme.split('## フォルダー')[1]?.split('\n## ')[0] ?? '';
  const rows = [...table.matchAll(/^\| (`.+`) \|.*\| (.+?) \|$/gm)].map(([, folders = '', others = '']) => ({
    folders: [...folders.matchAll(/`([\w.-]+?)\/?`/g)].map(([, name = '']) => name),
    others,
  }));
  const all = rows.flatMap(({ folders }) => folders);
  const allowed = (others: string): string[] => {
    if (!others.endsWith('すべて')) return others === '–' ? [] : others.split(', ');
    return all.filter((name) => !others.includes(`\`${name}/\``));
  };
  const known = rows.flatMap(({ folders, others }) =>
    folders.map((name) => [name, allowed(others)] as const),
  );
  return { ...Object.fromEntries(known), 'cli.ts': ['cli'] };
}

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
  'write-excel-file': ['progress-tables'],
  'prom-client': ['operations'],
};

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

  it('are named in src/README.md as they are', () => {
    const readme = readFileSync(join(SRC, 'README.md'), 'utf8');
    const named = [...readme.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.ts)`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !files.includes(name) && !name.startsWith('test/'))).toEqual([]);
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
    const folders = Object.entries(MAY_IMPORT).map(
      ([folder, others]) => [folder, others.filter((other) => other !== folder)] as const,
    );
    expect(folders.length).toBeGreaterThan(15);
    expect(cycles(new Map(folders))).toEqual([]);
  });
});

function cycles(graph: ReadonlyMap<string, string[]>): string[] {
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
