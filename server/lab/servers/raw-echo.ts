import { LAB_PORTS } from '../../../protocol/lab-ports.ts';
import type { LabProgram } from '../lab-program.ts';

const RECEIVE_BYTES = 65_536;

/** RFC 862: whatever comes goes back, byte for byte, the last of it also to a client that has half-closed. */
export const rawEcho: LabProgram = {
  name: 'Raw echo',
  preferredPort: LAB_PORTS['Raw echo'],
  backlog: 128,
  isThreaded: true,
  path: 'raw-echo.sock',
  async serve(connection) {
    for (;;) {
      const data = await connection.recv(RECEIVE_BYTES);
      if (data.length === 0) break;
      await connection.send(data);
    }
    connection.close();
  },
};
