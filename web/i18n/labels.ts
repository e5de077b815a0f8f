import type { Messages } from './en.ts';

type Labelled = { readonly kind: string; readonly ordinal: number; readonly name?: string | undefined };

/** What a person called it, else `client 1`, `listener 1`, `peer 1`: what one socket of the page is called everywhere. */
export function socketLabel(t: Messages, { kind, ordinal, name }: Labelled): string {
  if (name !== undefined) return name;
  if (kind === 'listen') return t.sockets.label.listener(ordinal);
  return kind === 'accepted' ? t.sockets.label.peer(ordinal) : t.sockets.label.client(ordinal);
}

/** What a lab server is called, by the name the gateway knows it by. */
export function labName(t: Messages, name: string): string {
  return t.labs.servers[name]?.name ?? name;
}
