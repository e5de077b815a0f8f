/** What one lab server is called and does, by the name the gateway knows it by. */
type LabText = { readonly name: string; readonly about: string };

const servers: Readonly<Record<string, LabText>> = {
  timestamp: { name: 'Timestamp echo', about: 'one client at a time' },
  threaded: { name: 'Threaded echo', about: 'a handler per client' },
  raw: { name: 'Raw echo', about: 'sends back what it got, byte for byte' },
  datagram: { name: 'Datagram echo', about: 'one reply per datagram' },
  trouble: { name: 'Trouble', about: 'slow, split, reset or silent: you choose' },
  discard: { name: 'Discard', about: 'reads all and says nothing' },
  daytime: { name: 'Daytime', about: 'says the time and closes' },
  chargen: { name: 'Character generator', about: 'never stops talking' },
};

export const labs = {
  title: 'Lab servers',
  servers,
  waiting: (count: number) => `${count} waiting`,
  queue: (waiting: number, max: number) => `accept queue: ${waiting} of ${max}`,
  served: (count: number) => `${count} served`,
  portTaken: (preferred: number) => `${preferred} was in use`,
  none: 'They appear as soon as the gateway answers.',
};
