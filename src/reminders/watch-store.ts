/** Looks at the store's stamp from time to time, and says when it has changed; ends with its ticks. */
export async function watchStore(parts: {
  /** Cheap to read; changes when another process has imported or ingested. */
  stamp: () => Promise<string>;
  /** A moment to look, each. */
  ticks: AsyncIterable<unknown>;
  changed: () => Promise<void>;
  failed: (error: unknown) => void;
}): Promise<void> {
  let known: string | null = null;
  const look = async () => {
    try {
      const stamp = await parts.stamp();
      if (known !== null && stamp !== known) await parts.changed();
      known = stamp;
    } catch (error) {
      // What is not seen now is seen at the next tick.
      parts.failed(error);
    }
  };
  await look();
  for await (const _ of parts.ticks) {
    await look();
  }
}
