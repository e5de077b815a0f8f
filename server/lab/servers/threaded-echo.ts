import { LAB_PORTS } from '../../../protocol/lab-ports.ts';
import { pythonBytesRepr } from '../../../protocol/python-repr.ts';
import type { LabProgram } from '../lab-program.ts';
import { cTime } from './c-time.ts';

const RECEIVE_BYTES = 1_024;

/** The tutorial's second server, a handler per client: `Thu Sep 15 22:29:12 2016 b'hello python'`. */
export const threadedEcho: LabProgram = {
  name: 'Threaded echo',
  preferredPort: LAB_PORTS['Threaded echo'],
  // socketserver.TCPServer.request_queue_size
  backlog: 5,
  isThreaded: true,
  path: 'threaded-echo.sock',
  async serve(connection, { today }) {
    for (;;) {
      const data = await connection.recv(RECEIVE_BYTES);
      if (data.length === 0) break;
      await connection.send(`${cTime(today())} ${pythonBytesRepr(data)}`);
    }
    connection.close();
  },
};
