import { expect, test } from 'vitest';
import { AppError } from '../../src/model/errors.ts';
import { describeFault } from '../../src/slack/log.ts';

test('a fault is logged in one line without tokens and without its stack', () => {
  const error = new Error('request with xoxb-123-abcDEF and xapp-1-A1-2-f00\n    failed');
  expect(describeFault(error)).toEqual({ error: 'Error: request with [token] and [token] failed' });
});

test('a fault of planbot keeps its code and place', () => {
  const error = new AppError('store_unavailable', { message: 'ロックされています', file: 'data/planbot.db' });
  expect(describeFault(error)).toEqual({
    error: 'data/planbot.db: ロックされています',
    code: 'store_unavailable',
  });
});
