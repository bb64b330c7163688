/** An option of a menu; its text is a text object of Slack's. */
export interface Option {
  text: unknown;
  value: string;
}

/** What the app offered in external selects so far, by place, block and action. Nothing else can be chosen there. */
export type Offers = Map<string, Option[]>;

function keyOf(place: string, blockId: string | undefined, actionId: string | undefined): string {
  return `${place} ${blockId}:${actionId}`;
}

export function offersFor(
  offers: Offers,
  place: string,
  blockId: string | undefined,
  actionId: string | undefined,
): Option[] {
  return offers.get(keyOf(place, blockId, actionId)) ?? [];
}

export function addOffers(
  offers: Offers,
  place: string,
  blockId: string | undefined,
  actionId: string | undefined,
  options: Option[],
): void {
  offers.set(keyOf(place, blockId, actionId), [...offersFor(offers, place, blockId, actionId), ...options]);
}
