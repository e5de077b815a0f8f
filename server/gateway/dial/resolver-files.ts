import { isIP } from 'node:net';
import { isHostName } from '../../../protocol/target.ts';
import { canonicalAddress } from './address-rules.ts';
import type { FoundAddress } from './names.ts';

/** Name in lower case → its addresses, in the order of the lines. */
export type HostsTable = ReadonlyMap<string, readonly FoundAddress[]>;
export type Search = {
  readonly domains: readonly string[];
  /** `ndots`: a name with so many is looked for as it stands first. */
  readonly dots: number;
};

/** A name is not asked for more often: resolv.conf(5) had this limit for long. */
const DOMAINS_MAX = 6;
const DOTS_MAX = 15;

/** hosts(5): an address, then its names; `#` begins a remark. Lines that are none are left out. */
export function parseHosts(text: string): HostsTable {
  const table = new Map<string, FoundAddress[]>();
  for (const words of linesOf(text)) {
    const address = canonicalAddress(words[0] ?? '');
    if (address === undefined) continue;
    for (const name of words.slice(1).map((word) => word.toLowerCase())) {
      const known = table.get(name) ?? [];
      if (!known.some((one) => one.address === address)) known.push({ address, family: isIP(address) });
      table.set(name, known);
    }
  }
  return table;
}

/** resolv.conf(5): `search` and `domain`, of which the last one counts, and `options ndots:n`. */
export function parseSearch(text: string): Search {
  let domains: readonly string[] = [];
  let dots = 1;
  for (const [keyword, ...values] of linesOf(text)) {
    if (keyword === 'search' || keyword === 'domain') {
      const names = values.map((name) => name.toLowerCase().replace(/\.$/, '')).filter(isHostName);
      domains = names.slice(0, keyword === 'domain' ? 1 : DOMAINS_MAX);
    } else if (keyword === 'options') {
      const given = values
        .map((value) => /^ndots:(\d{1,3})$/.exec(value)?.[1])
        .findLast((value) => value !== undefined);
      if (given !== undefined) dots = Math.min(Number(given), DOTS_MAX);
    }
  }
  return { domains, dots };
}

function linesOf(text: string): string[][] {
  return text
    .split('\n')
    .map((line) => line.replace(/[#;].*/s, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/));
}
