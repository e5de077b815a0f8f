import { LAB_PORTS } from '../../../protocol/lab-ports.ts';
import type { LabProgram } from '../lab-program.ts';
import { cTime } from './c-time.ts';

/** RFC 867: says what time it is, and closes. */
export const daytime: LabProgram = {
  name: 'Daytime',
  preferredPort: LAB_PORTS.Daytime,
  backlog: 128,
  isThreaded: true,
  async serve(connection, { today }) {
    await connection.send(`${cTime(today())}\r\n`);
    connection.close();
  },
};
