/** What a node of the gateway may be called: it stands in addresses. */
export const NODE_NAME = '^[a-z0-9-]{1,32}$';

const CHARACTERS_MAX = 32;

/** The name that a host of this name gives its node; undefined where nothing of it fits. */
export function nodeNameOf(host: string): string | undefined {
  const label = host.toLowerCase().split('.')[0] ?? '';
  return label.replace(/[^a-z0-9-]+/g, '-').slice(0, CHARACTERS_MAX) || undefined;
}

/** Where a session of this node is found, below the address of the gateway; without a name: whichever node answers. */
export function addressOfNode(gateway: string, node: string | undefined): string {
  return node === undefined ? gateway : `${gateway}/n/${node}`;
}
