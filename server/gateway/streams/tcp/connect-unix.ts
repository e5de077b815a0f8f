import type { Open } from '../../../../protocol/messages/socket.ts';
import { failureFrom } from '../stream-end.ts';
import { readsOf } from './reads-of.ts';
import type { Connecting } from './start-connect.ts';

/** connect(2) to the Unix socket of a lab server: no other path is dialled. */
export function connectUnix({ environment, host, stream }: Connecting, open: Open): void {
  const { clock, dialler, kernel, queues, tap } = environment;
  const remote = { host: open.host, port: 0 };
  if (!tap.serverAt('unix', remote)) {
    const text = `${open.host} is no lab server's socket`;
    stream.fail({ code: 'TARGET_FORBIDDEN', text, call: 'connect' });
    return;
  }
  const called = clock.nowMicros();
  stream.progress.onConnecting(called, remote);
  stream.onOptions(open.options ?? {});
  try {
    const { socket, local } = queues.connectPath(open.host, readsOf(kernel, host, stream));
    dialler.supervisePath(socket);
    socket.once('connect', () => {
      stream.announce({ called, at: clock.nowMicros(), local, remote }, remote, 'unix');
      queues.kick();
    });
    stream.attach(socket);
  } catch (error) {
    stream.fail(failureFrom(error, 'connect'));
  }
}
