import type { HomeView, ModalView } from '@slack/web-api';
import { plainTextElement, section } from './text.ts';

/** Said over what somebody opened who may not be served; closing it closes all of it. */
export function refusedModal(text: string): ModalView {
  return {
    type: 'modal',
    title: plainTextElement('planbot', 24),
    close: plainTextElement('閉じる', 24),
    clear_on_close: true,
    blocks: [section(text)],
  };
}

/** In place of the Home tab: what a former colleague had there must not stay. */
export function refusedHome(text: string): HomeView {
  return { type: 'home', blocks: [section(text)] };
}
