import { LAB_PORTS } from '../../../protocol/lab-ports.ts';
import { pythonBytesRepr } from '../../../protocol/python-repr.ts';
import type { DatagramProgram } from '../lab-datagram-socket.ts';
import { cTime } from './c-time.ts';

/** The timestamp answer, one per datagram. */
export const datagramEcho: DatagramProgram = {
  name: 'Datagram echo',
  preferredPort: LAB_PORTS['Datagram echo'],
  receiveSize: 1_024,
  answer: (data, { today }) => `[${cTime(today())}] ${pythonBytesRepr(data)}`,
};
