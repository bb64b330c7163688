import { type Dispatcher, EnvHttpProxyAgent, fetch as fetchThrough } from 'undici';

/** As in the environment variables of these names; an empty text is none. */
export interface ProxySettings {
  httpsProxy: string;
  httpProxy: string;
  /** Hosts between commas that are reached directly. */
  noProxy: string;
}

/** How Slack is reached: every call, the socket and the files go the same way. */
export interface Network {
  fetch: typeof globalThis.fetch;
  /** For the socket; undefined where no proxy is set. */
  dispatcher: Dispatcher | undefined;
}

export const DIRECT: Network = { fetch: (url, init) => globalThis.fetch(url, init), dispatcher: undefined };

export function openNetwork(proxy: ProxySettings | undefined): Network {
  if (proxy === undefined || (proxy.httpsProxy === '' && proxy.httpProxy === '')) return DIRECT;
  // HTTP/2 would share one connection between the socket and the calls.
  const dispatcher = new EnvHttpProxyAgent({ ...proxy, allowH2: false });
  const through = (url: string | URL, init?: object) => fetchThrough(url, { ...init, dispatcher });
  return { fetch: through as unknown as Network['fetch'], dispatcher };
}
