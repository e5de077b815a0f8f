import { LAB_PORTS } from '../../../protocol/lab-ports.ts';
import type { LabProgram } from '../lab-program.ts';

const RECEIVE_BYTES = 65_536;

/** RFC 863: reads, and throws away what it has read. */
export const discard: LabProgram = {
  name: 'Discard',
  preferredPort: LAB_PORTS.Discard,
  backlog: 128,
  isThreaded: true,
  async serve(connection) {
    for (;;) {
      const data = await connection.recv(RECEIVE_BYTES);
      if (data.length === 0) break;
    }
    connection.close();
  },
};
