import { expect, test } from 'vitest';
import { createPlanbot, warmUp } from '../../src/app/planbot.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import type { Ask } from '../../src/model/ask.ts';
import { freshFolder } from '../store/data-folder.ts';

test('asks what is understood, of several kinds', async () => {
  const planbot = await createPlanbot({ dataDir: freshFolder(), tell: () => undefined });
  const kinds = new Set<string>();
  const ask: Ask = async (input) => {
    const asked = await planbot.ask(input);
    kinds.add(asked.query.facts);
    return asked;
  };
  await warmUp({ ask, catalogue: planbot.catalogue });
  await planbot.close();
  expect(kinds.size).toBeGreaterThanOrEqual(4);
  expect(kinds).not.toContain('unknown');
});

test('a fault is nobody’s until somebody asks', async () => {
  let asked = 0;
  const ask: Ask = async () => {
    asked += 1;
    throw new Error('the store is away');
  };
  await expect(warmUp({ ask, catalogue: loadCatalogue() })).resolves.toBeUndefined();
  expect(asked).toBeGreaterThan(1);
});
