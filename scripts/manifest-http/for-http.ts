import { z } from 'zod';

/** What of a manifest differs between Socket Mode and HTTP; all else goes through as it is. */
const SocketManifest = z.looseObject({
  features: z.looseObject({ slash_commands: z.array(z.looseObject({ command: z.string() })).default([]) }),
  settings: z.looseObject({
    event_subscriptions: z.looseObject({}),
    interactivity: z.looseObject({}),
    socket_mode_enabled: z.boolean(),
  }),
});

/** Where the app listens; the same for events, commands, buttons and the options of selects. */
const PATH = '/slack/events';

/** The same app as in `manifest`, reached at an address: `origin` is https://planbot.example.jp. */
export function forHttp(manifest: unknown, origin: string): z.infer<typeof SocketManifest> {
  const { features, settings, ...rest } = SocketManifest.parse(manifest);
  const url = `${origin}${PATH}`;
  return {
    ...rest,
    features: { ...features, slash_commands: features.slash_commands.map((entry) => ({ ...entry, url })) },
    settings: {
      ...settings,
      event_subscriptions: { request_url: url, ...settings.event_subscriptions },
      interactivity: { ...settings.interactivity, request_url: url, message_menu_options_url: url },
      socket_mode_enabled: false,
    },
  };
}
