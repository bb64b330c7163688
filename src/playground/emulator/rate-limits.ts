/** How often a method may be called a minute: Slack's tiers 1 to 4, and tier 3 where nothing is said. */
const PER_MINUTE: Record<string, number> = {
  'auth.test': 300,
  'apps.connections.open': 20,
  'assistant.threads.setStatus': 300,
  'assistant.threads.setSuggestedPrompts': 100,
  'chat.postEphemeral': 100,
  'files.completeUploadExternal': 100,
  'files.getUploadURLExternal': 100,
  'files.info': 100,
  'users.info': 100,
  'views.open': 100,
  'views.publish': 100,
  'views.update': 100,
};
const OTHERS = 50;
/** chat.postMessage: one a second in each channel, with short bursts. */
const POSTS_PER_SECOND = 1;
const POST_BURST = 5;

interface Bucket {
  left: number;
  at: number;
}

export interface RateLimits {
  /** Seconds to wait before this call; 0 where it may go on. */
  take(method: string, args: Record<string, unknown>): number;
}

/** A bucket for each method, and one for each channel that is posted in; filled as `now` goes on. */
export function createRateLimits(now: () => Date): RateLimits {
  const buckets = new Map<string, Bucket>();
  return {
    take(method, args) {
      const isPost = method === 'chat.postMessage';
      const size = isPost ? POST_BURST : (PER_MINUTE[method] ?? OTHERS);
      const perSecond = isPost ? POSTS_PER_SECOND : size / 60;
      const key = isPost ? `${method} ${String(args.channel)}` : method;
      const moment = now().getTime();
      const bucket = buckets.get(key) ?? { left: size, at: moment };
      // A clock that is set back fills nothing.
      const passed = Math.max(0, moment - bucket.at) / 1000;
      const left = Math.min(size, bucket.left + passed * perSecond);
      const isFree = left >= 1;
      buckets.set(key, { left: isFree ? left - 1 : left, at: moment });
      return isFree ? 0 : Math.ceil((1 - left) / perSecond);
    },
  };
}
