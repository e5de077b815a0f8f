import { once } from 'node:events';
import { connect } from 'node:net';

/** What is tested: says HELLO, and returns the answer. */
export async function greet(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write('HELLO\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.end();
  return answer.toString().trim();
}
