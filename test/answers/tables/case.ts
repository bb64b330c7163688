/**
 * A question, or the turns of a thread; what its answer says; and the rows that it rests on, in order, each as its
 * place and its figure (see `rowsOf`). Without rows only the text is looked at.
 */
export type Case = readonly [
  turns: string | readonly string[],
  says: string | readonly string[],
  rows?: readonly string[],
];

export function turnsOf([turns]: Case): readonly string[] {
  return typeof turns === 'string' ? [turns] : turns;
}

export function saysOf([, says]: Case): readonly string[] {
  return typeof says === 'string' ? [says] : says;
}
