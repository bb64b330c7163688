/** One event and how its deliveries went. */
export interface EventRecord {
  /** Ev…: the same in every delivery, and never used again. */
  eventId: string;
  /** When it came about. */
  at: Date;
  /** message, app_mention, app_home_opened … */
  type: string;
  /** The event's own payload, in Slack's shape. */
  event: { type: string } & Record<string, unknown>;
  /** acknowledged, timeout, no_connection, http_401 … one for each delivery. */
  deliveries: string[];
}
