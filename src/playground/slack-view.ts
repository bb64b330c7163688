import type { SentBlock, View } from './message.ts';
import type { State } from './state.ts';

export type StateValues = Record<string, Record<string, Record<string, unknown>>>;

/** A view in the shape of Slack's own JSON, with what its controls hold. */
export function toSlackView(state: State, view: View, values: StateValues = {}): Record<string, unknown> {
  const { bot, team } = state.workspace;
  const { external_id = '', callback_id = '', private_metadata = '', ...payload } = view.payload;
  return {
    ...payload,
    id: view.id,
    team_id: team.id,
    app_id: bot.appId,
    bot_id: bot.botId,
    external_id,
    callback_id,
    private_metadata,
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    state: { values },
  };
}

export type SlackControl = { type: string; action_id?: string } & Record<string, unknown>;

/** The controls of a block: an input's element, an accessory, the elements of actions. */
export function controlsOf(block: SentBlock): SlackControl[] {
  const listed = block.type === 'rich_text' || !Array.isArray(block.elements) ? [] : block.elements;
  return [...listed, block.accessory, block.element].filter(
    (element): element is SlackControl =>
      typeof element === 'object' &&
      element !== null &&
      typeof (element as SlackControl).action_id === 'string',
  );
}
