/** Whether planbot can do its work now. */
export interface Health {
  /** Whether questions can come from Slack. */
  connected: boolean;
  /** Whether the store can be read. */
  store: boolean;
}

export function isWell({ connected, store }: Health): boolean {
  return connected && store;
}

/** {"status":"ok","connected":true,"store":true} */
export function formatHealth(health: Health): string {
  return JSON.stringify({ status: isWell(health) ? 'ok' : 'unavailable', ...health });
}
