import type { Acknowledgement } from '../person-actions.ts';
import type { ActResult } from './act.ts';

const PROBLEMS: Record<string, string> = {
  timeout: 'アプリが3秒以内に応答しませんでした。',
  no_connection: 'アプリが接続されていません。',
  connection_lost: 'アプリとの接続が切れました。もう一度お試しください。',
};

/** Where Slack has nothing to tell the app, all is well too. */
const WELL = new Set(['not_dispatched', 'not_notified', 'query_too_short']);

/** What came back, as the person is told. */
export function told({ acknowledged, reason }: Acknowledgement): ActResult {
  if (acknowledged || WELL.has(reason)) return { problem: null };
  if (reason.startsWith('required_input_empty')) return { problem: '入力されていない項目があります。' };
  return { problem: PROBLEMS[reason] ?? `アプリの応答を受け付けられませんでした（${reason}）。` };
}
