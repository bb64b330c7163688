import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/model/answer.ts';
import { decodeQuery, encodeQuery } from '../../src/model/query.ts';
import { pressed, rowsOf, world } from './made-up-world.ts';
import * as across from './tables/across-branches.ts';
import * as budgets from './tables/budgets.ts';
import { type Case, saysOf, turnsOf } from './tables/case.ts';
import * as counts from './tables/counts-and-text.ts';
import * as one from './tables/one-branch.ts';
import * as refusals from './tables/refusals.ts';
import { SEVERAL } from './tables/several-questions.ts';
import * as threads from './tables/threads.ts';

/** Buttons that are known to lead nowhere: see known-faults.txt. */
const DEAD = new Set(['計画の本文で探す', '愛知の査定率は？ 全支部の順位', '愛知のSNSは？ 全支部の順位']);
/** Most answers offer the same ones: each query is pressed once. */
const tried = new Set<string>();

/** Whatever an answer offers is answered, goes through a button unchanged, and has a label of its own. */
async function press({ choices }: Answer, question: string): Promise<void> {
  expect(new Set(choices.map(({ label }) => label)).size).toBe(choices.length);
  for (const { label, query } of choices) {
    const encoded = encodeQuery(query);
    expect(decodeQuery(encoded)).toEqual(query);
    // Examples of what to ask are of 東京, of which the made-up world has nothing.
    const isExample = query.scope.branches.includes('東京');
    if (tried.has(encoded) || isExample || DEAD.has(label) || DEAD.has(`${question} ${label}`)) continue;
    tried.add(encoded);
    const { answer } = await pressed(query);
    expect(answer.kind, `[${label}] ${answer.text}`).not.toBe('not_found');
  }
}

function questions(cases: readonly Case[], kinds: readonly string[]) {
  test.each(cases.map((each) => [turnsOf(each).join(' → '), each] as const))('%s', async (question, each) => {
    const [, , rows] = each;
    const answer = await world.answerTo(...turnsOf(each));
    for (const said of saysOf(each)) expect(answer.text).toContain(said);
    expect(kinds).toContain(answer.kind);
    if (rows !== undefined) expect(rowsOf(answer)).toEqual(rows);
    await press(answer, question);
  });
}

function answered(cases: readonly Case[]) {
  questions(cases, ['answered']);
}

describe('a limit', () => answered(across.LIMITS));
describe('a comparison with another figure', () => answered(across.AGAINST));
describe('a statistic', () => answered(across.STATISTICS));
describe('who has reported', () => answered(across.REPORTS));
describe('an order', () => answered(across.ORDER));
describe('a group of branches', () => answered(across.SCOPES));
describe('a figure of branches chosen by another', () => answered(across.CHOSEN));
describe('a claim', () => answered(across.CLAIMS));

describe('one figure', () => answered(one.PROGRESS));
describe('the KPIs of a branch', () => answered(one.LISTS));
describe('a change', () => answered(one.CHANGES));
describe('a year', () => answered(one.YEARS));
describe('one of several rows', () => answered(one.CHOICE_OF_ROW));
describe('a name', () => answered(one.NAMES));

describe('budget amounts', () => answered(budgets.AMOUNTS));
describe('executed amounts', () => answered(budgets.EXECUTION));
describe("last year's amounts", () => answered(budgets.BEFORE));

describe('counts', () => answered(counts.COUNTS));
describe('measures', () => answered(counts.MEASURES));
describe('what plans say', () => answered(counts.TEXT));
describe('the bot itself', () => answered(counts.ABOUT_BOT));

describe('two questions', () => answered(SEVERAL));

describe('a follow-up with another name', () => answered(threads.PATCHES));
describe('a follow-up with another column', () => answered(threads.COLUMNS));
describe('a follow-up on the result', () => answered(threads.RESULTS));
describe('figures of a thread together', () => answered(threads.TOGETHER));
describe('a branch chosen by its figure', () => answered(threads.CHOSEN));
describe('small talk', () => answered(threads.SMALL_TALK));

describe('what could not be read', () => questions(refusals.TOLD_BACK, ['clarify']));
describe('what is not there', () => questions(refusals.NOT_THERE, ['not_found']));
