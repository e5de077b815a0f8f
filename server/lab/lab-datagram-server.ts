import type { LabContext } from './lab-context.ts';
import { type DatagramProgram, LabDatagramSocket } from './lab-datagram-socket.ts';
import type { Place, RunningServer } from './lab-server.ts';
import { openPair } from './open-pair.ts';

/** Runs one UDP program of the lab, on IPv4 and IPv6. */
export async function openDatagramServer(
  program: DatagramProgram,
  context: LabContext,
  place: Place,
): Promise<RunningServer> {
  const sockets = await openPair((at) => LabDatagramSocket.open(program, context, at), place);
  const { host, port } = (sockets[0] as LabDatagramSocket).endpoint;
  const preferredPort = place.port === 0 ? port : place.port;
  return {
    description: { name: program.name, protocol: 'udp', host, port, preferredPort },
    stats: () => ({
      name: program.name,
      waiting: 0,
      max: 0,
      served: sockets.reduce((sum, { served }) => sum + served, 0),
      connected: 0,
    }),
    close: async () => {
      await Promise.all(sockets.map((socket) => socket.close()));
    },
  };
}
