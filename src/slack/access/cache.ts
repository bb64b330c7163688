/** What is remembered of the latest keys, with its age. */
interface Cache<V> {
  get(key: string): { value: V; ageMs: number } | undefined;
  set(key: string, value: V): void;
}

/** Forgets the oldest where there are more than `limit`. */
export function createCache<V>({ limit, now }: { limit: number; now: () => Date }): Cache<V> {
  const kept = new Map<string, { value: V; at: number }>();
  return {
    get(key) {
      const found = kept.get(key);
      return found && { value: found.value, ageMs: now().getTime() - found.at };
    },
    set(key, value) {
      kept.delete(key);
      kept.set(key, { value, at: now().getTime() });
      const [oldest] = kept.keys();
      if (kept.size > limit && oldest !== undefined) {
        kept.delete(oldest);
      }
    },
  };
}
