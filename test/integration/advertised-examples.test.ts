import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { askableQuestions } from '../../src/answers/about-bot.ts';
import { createPlanbot } from '../../src/app/planbot.ts';
import { EMPTY_QUERY } from '../../src/model/query.ts';
import { promptsFor } from '../../src/slack/views/prompts.ts';
import { freshFolder } from '../store/data-folder.ts';

const README = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const TODAY = { year: 2025, month: 8, day: 1 };

test('every question that planbot advertises is answered with what it is delivered with', async () => {
  const planbot = await createPlanbot({ dataDir: freshFolder(), tell: () => {} });
  onTestFinished(() => planbot.close());
  const { branches, calendar } = planbot.catalogue;
  const line = README.split('\n').find((text) => text.startsWith('聞き方の例')) ?? '';
  const inReadme = [...line.matchAll(/「([^」]+)」/g)].map(([, question = '']) => question);
  expect(inReadme.length).toBeGreaterThan(4);
  const prompts = promptsFor({ branch: null, standings: [], today: '2025-08-01', calendar });
  const owns = [undefined, ...branches.map(({ name }) => name).filter((name) => name !== '本部')];
  const advertised = new Set([
    ...inReadme,
    ...prompts.map(({ message }) => message),
    ...owns.flatMap((own) => askableQuestions(own).flatMap(({ questions }) => questions)),
  ]);
  const refused: string[] = [];
  for (const text of advertised) {
    const { answer } = await planbot.ask({ text, context: null, today: TODAY });
    if (answer.kind !== 'answered') refused.push(`${text}: ${answer.text}`);
  }
  const greeting = { ...EMPTY_QUERY, facts: 'talk' as const, talk: 'greeting' as const };
  for (const own of owns) {
    const defaults = own === undefined ? {} : { branch: own };
    const greeted = await planbot.ask({ text: '', query: greeting, context: null, today: TODAY, defaults });
    expect(greeted.answer.choices[0]?.label).toContain(own ?? '東京');
    for (const { label, query } of greeted.answer.choices) {
      const { answer } = await planbot.ask({ text: '', query, context: null, today: TODAY });
      if (answer.kind !== 'answered') refused.push(`${label}: ${answer.text}`);
    }
  }
  expect(refused).toEqual([]);
}, 120_000);
