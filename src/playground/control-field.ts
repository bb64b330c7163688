/** The field in which Slack reports what a control of that type holds. */
const HELD_IN: Record<string, string> = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  overflow: 'selected_option',
  checkboxes: 'selected_options',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  channels_select: 'selected_channel',
  multi_channels_select: 'selected_channels',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  plain_text_input: 'value',
  number_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
};

const BUTTONS = new Set(['button', 'icon_button', 'feedback_buttons']);

/** `selected_option`, `value` …; undefined for buttons and whatever else holds nothing. */
export function valueKeyOf(type: string): string | undefined {
  return HELD_IN[type];
}

/** Several things are held, as a list. */
export function holdsMany(type: string): boolean {
  return type === 'checkboxes' || type.startsWith('multi_');
}

/** What it holds is part of `state.values`: an overflow menu acts and keeps nothing. */
export function isStateful(type: string): boolean {
  return type in HELD_IN && type !== 'overflow';
}

export function isButton(type: string): boolean {
  return BUTTONS.has(type);
}
