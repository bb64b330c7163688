import { printable } from './views/text.ts';

/** <@U1>, <!channel>, <#C1|name>, <https://…|label>. */
const MARKUP = /<([^<>\s][^<>]*)>/g;
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/**
 * What a person meant to write: Slack's markup resolved, entities decoded, control characters and mentions
 * dropped. A channel keeps its name, a link its label.
 */
export function readText(text: string): string {
  return printable(text)
    .replace(MARKUP, (_, inner: string) => readMarkup(inner))
    .replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[ \t]+/g, ' ')
    .trim();
}

function readMarkup(inner: string): string {
  const [target = '', label] = inner.split('|', 2);
  if (target.startsWith('@') || target.startsWith('!')) {
    return ' ';
  }
  if (target.startsWith('#')) {
    return label ? ` ${label} ` : ' ';
  }
  return ` ${label ?? target} `;
}

/** Whether a message speaks to anybody but `userId`: a person, a group, all of a channel. */
export function mentionsOthers(text: string, userId: string): boolean {
  const named = [...text.matchAll(/<@([A-Z0-9]+)/g)].some(([, user]) => user !== userId);
  return named || /<!(?:subteam|here|channel|everyone)\b/.test(text);
}

export function mentions(text: string, userId: string): boolean {
  return text.includes(`<@${userId}>`) || text.includes(`<@${userId}|`);
}
