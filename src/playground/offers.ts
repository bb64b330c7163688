/** An option of a menu; its text is a text object of Slack's. */
export interface Option {
  text: unknown;
  value: string;
}

/** What the app offered in external selects so far, by `offerKey`. Nothing else can be chosen there. */
export type Offers = Map<string, Option[]>;

export function offerKey(blockId: string | undefined, actionId: string | undefined): string {
  return `${blockId}:${actionId}`;
}
