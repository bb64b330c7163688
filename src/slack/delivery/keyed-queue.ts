/** Runs tasks of the same key one after another, in the order they came; other keys do not wait. */
export type KeyedQueue = <T>(key: string, task: () => Promise<T>) => Promise<T>;

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>();
  return function enqueue<T>(key: string, task: () => Promise<T>): Promise<T> {
    const result = (tails.get(key) ?? Promise.resolve()).then(task);
    const tail: Promise<void> = result.then(forget, forget);
    function forget(): void {
      if (tails.get(key) === tail) {
        tails.delete(key);
      }
    }
    tails.set(key, tail);
    return result;
  };
}
