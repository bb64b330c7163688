/** One thing that Slack sends to the app and waits to have acknowledged. */
export interface Envelope {
  kind: 'events_api' | 'slash_commands' | 'interactive';
  payload: Record<string, unknown>;
  /** Set from the second delivery on. */
  retry: { number: number; reason: string } | null;
}

export interface Receipt {
  /** acknowledged, timeout, no_connection, connection_lost, http_401 … */
  reason: string;
  /** What came with the acknowledgement; null where it was empty. */
  payload: Record<string, unknown> | null;
  /** The app asked not to be told again. */
  isFinal?: boolean;
}

export interface EventTransport {
  deliver(envelope: Envelope): Promise<Receipt>;
  /** Resolves when an app can be reached. */
  connected(): Promise<void>;
  close(): Promise<void>;
}
