import { LAB_PORTS } from '../../../protocol/lab-ports.ts';
import { pythonBytesRepr } from '../../../protocol/python-repr.ts';
import type { LabProgram } from '../lab-program.ts';
import { cTime } from './c-time.ts';

const RECEIVE_BYTES = 1_024;

/** The tutorial's first server: one client at a time, each recv answered by `[Thu Sep 15 22:29:12 2016] b'hello python'`. */
export const timestampEcho: LabProgram = {
  name: 'Timestamp echo',
  preferredPort: LAB_PORTS['Timestamp echo'],
  backlog: 5,
  isThreaded: false,
  path: 'timestamp-echo.sock',
  async serve(connection, { today }) {
    for (;;) {
      const data = await connection.recv(RECEIVE_BYTES);
      if (data.length === 0) break;
      await connection.send(`[${cTime(today())}] ${pythonBytesRepr(data)}`);
    }
    connection.close();
  },
};
