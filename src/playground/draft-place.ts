import type { Control } from './person-actions.ts';

/** Where what a person fills in is kept: a modal or Home is one person's, a message is filled in by each alone. */
export function draftPlace(control: Control): string {
  return 'view' in control
    ? control.view.id
    : `${control.message.channel}:${control.message.ts}:${control.user}`;
}
