import { randomBytes } from 'node:crypto';
import type { EchoedMessage } from '../../protocol/messages/calls.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { libc } from './ffi/libc.ts';
import { SystemError } from './ffi/system-error.ts';
import { Seqpacket, type SeqpacketSocket } from './seqpacket.ts';

/** How much of a message is told. */
const SHOWN_CHARACTERS = 1_024;

/**
 * Sends each message through a real echo over AF_UNIX, SOCK_SEQPACKET, and receives the answers with recv(size): one a
 * message, however they follow one another. All sends come before the first recv, as with a byte stream that joins them.
 * @throws {SystemError} ESOCKTNOSUPPORT where there is no such socket; EAGAIN where the kernel's queue is full.
 */
export function echoSeqpacket(messages: readonly string[], size: ByteCount): EchoedMessage[] {
  if (!libc) throw new SystemError('socket', 'ESOCKTNOSUPPORT', 'SOCK_SEQPACKET');
  const seqpacket = new Seqpacket(libc);
  const open: { readonly close: () => void }[] = [];
  try {
    // An abstract name: no file, and gone with the socket (unix(7)).
    const listener = seqpacket.listen(`@socket-playground-${randomBytes(8).toString('hex')}`, 1);
    open.push(listener);
    const client = seqpacket.connect(listener.endpoint.host);
    open.push(client);
    const server = listener.accept() as SeqpacketSocket;
    open.push(server);
    // A message of no bytes cannot be told from the end: recv(2) returns 0 for both.
    for (const message of messages) if (message !== '') client.send(Buffer.from(message));
    for (let next = server.receive(WHOLE); next; next = server.receive(WHOLE)) server.send(next.bytes);
    const echoed: EchoedMessage[] = [];
    for (let next = client.receive(size); next; next = client.receive(size)) {
      const { bytes, length } = next;
      echoed.push({ text: bytes.toString().slice(0, SHOWN_CHARACTERS), count: bytes.length, length });
    }
    return echoed;
  } finally {
    for (const one of open) one.close();
  }
}

const WHOLE: ByteCount = 65_536;
