/** A control's content in Slack's shape: `{ selected_option: { text, value } }`, `{ value: '…' }`. */
export type ControlValue = Record<string, unknown>;

/** What people have put into controls and not yet sent, by place and then `block:action`. */
export type Drafts = Map<string, Map<string, ControlValue>>;
