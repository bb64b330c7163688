/** Whether planbot can do its work now. */
export interface Health {
  /** Whether questions can come from Slack. */
  connected: boolean;
  /** Whether the store can be read and is the one that was opened. */
  store: boolean;
  /** What a person has to mend, each with its reason: 「Slackとの接続: invalid_auth」. */
  problems: string[];
}

export function isWell({ connected, store, problems }: Health): boolean {
  return connected && store && problems.length === 0;
}

/** {"status":"ok","connected":true,"store":true,"problems":[]} */
export function formatHealth(health: Health): string {
  return JSON.stringify({ status: isWell(health) ? 'ok' : 'unavailable', ...health });
}
