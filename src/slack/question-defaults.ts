import type { AskInput } from '../model/ask.ts';
import type { ChannelSettings, SettingsBook } from '../model/settings.ts';

/** What the place and the person set for questions that do not say it. A channel's word counts before a person's. */
export async function defaultsFor(
  settings: SettingsBook,
  { asker, channel, settings: known }: { asker: string; channel: string | null; settings?: ChannelSettings },
): Promise<AskInput['defaults']> {
  const ofChannel = known ?? (channel === null ? null : await settings.channelSettings(channel));
  const branch = ofChannel?.branch ?? (await settings.personSettings(asker)).branch;
  return { branch: branch ?? undefined, fy: ofChannel?.fy ?? undefined };
}
