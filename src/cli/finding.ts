/** One line of what doctor found: all is well, or somebody should look after it. */
export interface Finding {
  mark: '○' | '△';
  text: string;
}

export function fine(text: string): Finding {
  return { mark: '○', text };
}

export function care(text: string): Finding {
  return { mark: '△', text };
}
