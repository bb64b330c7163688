import { escapeHtml } from '../../model/escape-html.ts';
import { type attributes, withEmoji } from './html.ts';

/** A control as the app sent it. */
export type ControlElement = { type: string; action_id?: string } & Record<string, unknown>;
export type Attributes = Parameters<typeof attributes>[0];
type Text = { text: string };

/** A text object as HTML. */
export function said(text: unknown): string {
  return withEmoji(escapeHtml((text as Text | undefined)?.text ?? ''));
}

export function placeholder(element: ControlElement): string {
  return (
    (element.placeholder as Text | undefined)?.text ??
    (element.type === 'overflow' ? 'その他の操作' : '選択してください')
  );
}
