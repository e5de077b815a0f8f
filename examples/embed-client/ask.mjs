import { connectGateway } from 'socket-playground/client';

/** Says a line to a TCP server of the gateway's network, and returns what comes back. Runs in a browser as well. */
export async function ask(gatewayUrl, target, line) {
  const gateway = await connectGateway(gatewayUrl);
  try {
    const socket = gateway.connect(target);
    const writer = socket.writable.getWriter();
    await writer.write(new TextEncoder().encode(line));
    await writer.close(); // FIN
    return await new Response(socket.readable).text();
  } finally {
    await gateway.close();
  }
}
