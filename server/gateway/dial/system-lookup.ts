import { NODATA, NOTFOUND, promises } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { FoundAddress, LookupAll } from './names.ts';
import { type HostsTable, parseHosts, parseSearch, type Search } from './resolver-files.ts';

export type SystemLookupOptions = {
  /** `ADDRESS:PORT`; without it the machine's own resolvers. */
  readonly servers?: readonly string[];
  /** Undefined: there is none. */
  readonly hostsFile?: string | undefined;
  readonly resolvConf?: string | undefined;
  /** For the first answer of one server; a second try has twice that. */
  readonly timeout: Milliseconds;
  readonly tries?: number;
  /** Whether this machine has an IPv6 address that reaches beyond its own network. */
  readonly hasIpv6: () => boolean;
};

const IS_WINDOWS = process.platform === 'win32';
export const HOSTS_FILE = IS_WINDOWS
  ? join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
  : '/etc/hosts';
export const RESOLV_CONF = IS_WINDOWS ? undefined : '/etc/resolv.conf';

/** No such name, or none of this kind: the next suffix may be the right one. */
const IS_UNKNOWN: ReadonlySet<string> = new Set([NOTFOUND, NODATA]);

/**
 * The hosts file, then name servers, without getaddrinfo(3): of its two threads a name that nobody answers for keeps one
 * for many seconds, and nobody can take it back. Here each question has sockets of its own and is cancelled in time.
 */
export function createSystemLookup(options: SystemLookupOptions): LookupAll {
  const { hostsFile, resolvConf, hasIpv6 } = options;
  const hosts = createCachedFile<HostsTable>(hostsFile, parseHosts);
  const search = createCachedFile<Search>(resolvConf, parseSearch);
  return async (host, signal) => {
    const listed = (await hosts()).get(host);
    if (listed) return listed;
    for (const name of candidatesOf(host, await search())) {
      signal.throwIfAborted();
      const found = await ask(name, signal, options);
      if (found.length > 0) return inOrder(found, hasIpv6());
    }
    throw Object.assign(new Error(`${NOTFOUND} ${host}`), { code: NOTFOUND });
  };
}

/** RFC 8305 §4: families in turn, IPv6 first; last where it leads nowhere. */
export function inOrder(found: readonly FoundAddress[], hasIpv6: boolean): readonly FoundAddress[] {
  const { 4: ipv4 = [], 6: ipv6 = [] } = Object.groupBy(found, ({ family }) => family);
  if (!hasIpv6) return [...ipv4, ...ipv6];
  return Array.from({ length: Math.max(ipv4.length, ipv6.length) }).flatMap((_, at) => [
    ...ipv6.slice(at, at + 1),
    ...ipv4.slice(at, at + 1),
  ]);
}

/** resolv.conf(5): a name with fewer dots than `ndots` is first looked for in the machine's own domains. */
export function candidatesOf(host: string, { domains, dots }: Search): readonly string[] {
  const within = domains.map((domain) => `${host}.${domain}`);
  return host.split('.').length - 1 >= dots ? [host, ...within] : [...within, host];
}

/** Both families at once. Empty where there is no such name. @throws {Error} `code`: why none of the two was answered */
async function ask(name: string, signal: AbortSignal, options: SystemLookupOptions): Promise<readonly FoundAddress[]> {
  const resolver = new promises.Resolver({ timeout: options.timeout, tries: options.tries ?? 2 });
  if (options.servers) resolver.setServers(options.servers);
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found = answers.flatMap((answer, index) =>
      answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 })) : [],
    );
    if (found.length > 0) return found;
    const failed = answers.find((answer) => answer.status === 'rejected' && !IS_UNKNOWN.has(answer.reason.code));
    if (failed?.status === 'rejected') throw failed.reason;
    return [];
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** Read anew for each question, parsed anew when it has changed: a hosts file may have a hundred thousand lines. */
function createCachedFile<Value>(path: string | undefined, parse: (text: string) => Value): () => Promise<Value> {
  let last: { readonly text: string; readonly value: Value } | undefined;
  return async () => {
    const text = path === undefined ? '' : await readFile(path, 'utf8').catch(() => '');
    if (last?.text !== text) last = { text, value: parse(text) };
    return last.value;
  };
}
