import type { Port } from './units.ts';

/**
 * The ports of the lab servers, by their names: those that they take where nobody else has them, and that programs and lessons name.
 * Where a server has another one, LabServer.port says it.
 */
export const LAB_PORTS = {
  'Raw echo': 8007,
  'Timestamp echo': 8009,
  'Threaded echo': 8010,
  'Datagram echo': 8011,
  Trouble: 8013,
  Discard: 8014,
  Daytime: 8015,
  'Character generator': 8016,
} as const satisfies Readonly<Record<string, Port>>;
