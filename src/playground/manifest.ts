import { z } from 'zod';

const Shortcut = z.object({
  type: z.enum(['message', 'global']),
  name: z.string().min(1).max(24),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
});

/** The part of manifest.yml that the local Slack holds the app to. Slack knows more fields. */
export const Manifest = z.object({
  display_information: z.object({ name: z.string().min(1) }),
  features: z.object({
    app_home: z
      .object({
        home_tab_enabled: z.boolean().default(false),
        messages_tab_enabled: z.boolean().default(false),
        messages_tab_read_only_enabled: z.boolean().default(true),
      })
      .default({
        home_tab_enabled: false,
        messages_tab_enabled: false,
        messages_tab_read_only_enabled: true,
      }),
    bot_user: z.object({ display_name: z.string().min(1) }),
    agent_view: z.object({ agent_description: z.string().min(1) }).optional(),
    slash_commands: z
      .array(z.object({ command: z.string().startsWith('/'), should_escape: z.boolean().default(false) }))
      .default([]),
    shortcuts: z.array(Shortcut).max(10).default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }).default({ bot_events: [] }),
    interactivity: z.object({ is_enabled: z.boolean() }).default({ is_enabled: false }),
    socket_mode_enabled: z.boolean().default(false),
  }),
});
export type Manifest = z.infer<typeof Manifest>;
