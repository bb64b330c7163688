/** Which of the bot's messages carry a key in their metadata, so that a lost one is looked up before it is sent again. */
export type KeyedMessage = 'planbot_answer' | 'planbot_reminder';

export interface KeyMetadata {
  event_type: KeyedMessage;
  event_payload: { key: string };
}

export function keyMetadata(of: KeyedMessage, key: string): KeyMetadata {
  return { event_type: of, event_payload: { key } };
}

/** The message with a key among those that Slack listed with their metadata. */
export function messageWithKey<
  M extends { metadata?: { event_type?: string; event_payload?: object } | undefined },
>(messages: readonly M[], of: KeyedMessage, key: string): M | undefined {
  return messages.find(({ metadata }) => {
    const { event_type, event_payload } = metadata ?? {};
    return event_type === of && event_payload && 'key' in event_payload && event_payload.key === key;
  });
}
