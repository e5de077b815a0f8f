/** What one lab server is called and does, by the name the gateway knows it by. */
type LabText = { readonly name: string; readonly about: string };

const servers: Readonly<Record<string, LabText>> = {
  'Timestamp echo': { name: 'Timestamp echo', about: 'one at a time' },
  'Threaded echo': { name: 'Threaded echo', about: 'a handler per client' },
  'Raw echo': { name: 'Raw echo', about: 'sends back what it got, byte for byte' },
  'Datagram echo': { name: 'Datagram echo', about: 'one reply per datagram' },
  Trouble: { name: 'Trouble', about: 'slow, split, reset or silent: you choose' },
  Discard: { name: 'Discard', about: 'reads everything, sends nothing' },
  Daytime: { name: 'Daytime', about: 'sends the time and closes' },
  'Character generator': { name: 'Character generator', about: 'sends characters without end' },
};

export const labs = {
  title: 'Lab servers',
  servers,
  waiting: (count: number) => `${count} waiting`,
  queue: (waiting: number, max: number) => `accept queue: ${waiting} of ${max}`,
  oneMore: (max: number) => `listen(${max}): Linux lets ${max + 1} wait`,
  emulated: 'emulated',
  emulatedHint:
    'The kernel’s own queue cannot be read on this machine: the server’s program keeps one that behaves like it.',
  served: (count: number) => `${count} served`,
  portTaken: (preferred: number) => `${preferred} was in use`,
  unix: 'Unix',
  byPath: (server: string) => `${server} by its Unix socket`,
  none: 'They appear as soon as the gateway answers.',
};
