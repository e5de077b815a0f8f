import { TEACH_KEY } from '../platform/class-stored.ts';
import { readStored, writeStored } from '../platform/stored.ts';

const KEY = 'token';

/** `#token=…` of a link, which no server ever sees; undefined if there is none. */
export function tokenFromFragment(hash: string): string | undefined {
  return new URLSearchParams(hash.slice(1)).get('token') ?? undefined;
}

/** The key to the gateway: from the link, which is then cleared of it, or as it was given before in this tab. */
export function takeToken(hash: string): string | undefined {
  const token = tokenFromFragment(hash);
  if (token === undefined) return readStored('tab', KEY) ?? undefined;
  keepToken(token);
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return token;
}

/** `#key=…` of an instructor's link: it leaves the address bar at once, and stays in this tab. */
export function takeTeachKey(hash: string): void {
  const fragment = new URLSearchParams(hash.slice(1));
  const key = fragment.get('key');
  if (key === null) return;
  writeStored('tab', TEACH_KEY, key);
  fragment.delete('key');
  const rest = fragment.toString();
  window.history.replaceState(null, '', window.location.pathname + window.location.search + (rest && `#${rest}`));
}

/** Another key: it is the one of this tab from now on. */
export function keepToken(token: string): void {
  writeStored('tab', KEY, token);
}
