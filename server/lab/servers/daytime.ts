import type { LabProgram } from '../lab-program.ts';
import { cTime } from './c-time.ts';

/** RFC 867: says what time it is, and closes. */
export const daytime: LabProgram = {
  name: 'Daytime',
  preferredPort: 8015,
  backlog: 128,
  isThreaded: true,
  async serve(connection, { today }) {
    await connection.send(`${cTime(today())}\r\n`);
    connection.close();
  },
};
