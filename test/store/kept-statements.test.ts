import { expect, onTestFinished, test } from 'vitest';
import { openFile } from '../../src/store/dialects/sqlite/files.ts';
import { withKeptStatements } from '../../src/store/dialects/sqlite/sqlite.ts';

function open() {
  const database = openFile(':memory:');
  onTestFinished(() => void database.close());
  database.exec('create table note (id integer primary key, body text)');
  return withKeptStatements(database);
}

test('the same words are compiled once, and run with each time’s values', () => {
  const database = open();
  const insert = 'insert into note (body) values (?)';
  database.prepare(insert).run(['one']);
  database.prepare(insert).run(['two']);
  expect(database.prepare(insert)).toBe(database.prepare(insert));
  expect(database.prepare('select body from note order by id').all([])).toEqual([
    { body: 'one' },
    { body: 'two' },
  ]);
});

test('a changed table is seen by what was asked before', () => {
  const database = open();
  const all = 'select * from note';
  database.prepare('insert into note (body) values (?)').run(['one']);
  expect(database.prepare(all).all([])).toEqual([{ id: 1, body: 'one' }]);
  database.prepare('alter table note add column author text').run([]);
  expect(database.prepare(all).all([])).toEqual([{ id: 1, body: 'one', author: null }]);
});

test('many different ones do not pile up', () => {
  const database = open();
  const first = database.prepare('select 0 as n');
  for (let n = 1; n <= 200; n += 1) database.prepare(`select ${n} as n`).all([]);
  expect(database.prepare('select 0 as n')).not.toBe(first);
  expect(database.prepare('select 0 as n').all([])).toEqual([{ n: 0 }]);
});
