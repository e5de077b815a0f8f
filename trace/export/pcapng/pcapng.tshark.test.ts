import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { askProgram, hasProgram } from '../../testing/oracle.ts';
import { recordingOf, SocketScript, tcpSockets } from '../../testing/recordings.ts';
import type { RecordedSocket } from '../recording.ts';
import { encodePcapng } from './pcapng.ts';

const hasTshark = hasProgram('tshark', ['--version'], /^TShark/m);

/** What tshark, with every checksum checked, makes of a capture of these sockets. */
function tshark(sockets: readonly RecordedSocket[], ...args: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'pcapng-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'capture.pcapng');
  writeFileSync(file, encodePcapng(recordingOf(...sockets)));
  const checked = ['ip', 'tcp', 'udp'].flatMap((layer) => ['-o', `${layer}.check_checksum:TRUE`]);
  return askProgram('tshark', ['-r', file, ...checked, ...args], new Uint8Array());
}

type Followed = { sent: string; received: string };

/** "Follow stream" of every flow, in one run: hex a segment, the answers behind a tab. */
function follow(sockets: readonly RecordedSocket[]): Followed[] {
  const args = sockets.flatMap((_, index) => ['-z', `follow,tcp,raw,${index}`]);
  const [, ...flows] = tshark(sockets, '-q', ...args).split('Filter: tcp.stream eq ');
  return flows.map((flow) => {
    // After the flow's number and the names of its two nodes.
    const segments = flow
      .split('\n')
      .slice(3)
      .filter((line) => /^\t?[0-9a-f]+$/.test(line));
    const isAnswer = (line: string) => line.startsWith('\t');
    const sent = segments.filter((line) => !isAnswer(line)).join('');
    return { sent, received: segments.filter(isAnswer).join('').replaceAll('\t', '') };
  });
}
function hexOf(socket: RecordedSocket): Followed {
  const hex = ({ sent }: Pick<RecordedSocket, 'sent'>) => Buffer.from(sent.slice(0, sent.length)).toString('hex');
  return { sent: hex(socket), received: hex({ sent: socket.received }) };
}

describe.skipIf(!hasTshark)('tshark', () => {
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const long = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7) >> 3);
  const conversation = new SocketScript()
    .connect()
    .send('local', 'hello')
    .recv('peer')
    .send('peer', every)
    .recv('local');
  const socket = conversation
    .send('local', long)
    .recv('peer')
    .call('local', 'shutdown')
    .recv('peer')
    .call('peer', 'close')
    .recv('local')
    .done();

  test('follows a stream and finds the same bytes', () => {
    expect(follow([socket])).toEqual([hexOf(socket)]);
  });

  test('finds every checksum right and nothing to warn of', () => {
    const udp = new SocketScript({ id: 2, kind: 'udp', remote: { host: '::1', port: 8011 } });
    const datagram = udp.send('local', new Uint8Array(65_507), 'sendto', '[::1]:8011').done();
    const ipv6 = new SocketScript({ id: 3, local: { host: '::1', port: 5 }, remote: { host: '::1', port: 8009 } });
    const refused = new SocketScript({ id: 4, local: { host: '127.0.0.1', port: 6 } }).connect('ECONNREFUSED').done();
    const sockets = [socket, datagram, ipv6.connect().send('local', long).call('local', 'reset').done(), refused];
    const fields = [
      'tcp.checksum.status',
      'udp.checksum.status',
      'ip.checksum.status',
      'tcp.analysis.flags',
      '_ws.malformed',
    ];
    const rows = tshark(sockets, '-T', 'fields', ...fields.flatMap((field) => ['-e', field]))
      .trimEnd()
      .split('\n');
    const packets = rows.map((row) => row.split('\t'));
    expect(packets.length).toBeGreaterThan(20);
    // 1 is Good; IPv6 has no header checksum; the last two stay empty.
    for (const [tcp, datagrams, ip, ...faults] of packets) {
      expect([tcp, datagrams]).toContain('1');
      expect(['1', '']).toContain(ip);
      expect(faults.join('')).toBe('');
    }
  });

  test('shows the comments of inferred packets', () => {
    const comments = tshark([socket], '-Y', 'tcp.flags.syn == 1', '-T', 'fields', '-e', 'frame.comment')
      .trim()
      .split('\n');
    expect(comments).toEqual(['inferred: SYN of connect()', 'inferred: SYN, ACK']);
  });

  test('follows every stream of many conversations in one file', () => {
    // One capture, one start of tshark. At one time, no two connections have the same two ends.
    const sockets = fc
      .sample(tcpSockets, { numRuns: 40, seed: 8009 })
      .map((each, id) => ({ ...each, id, local: { host: each.local?.host ?? '', port: 40_001 + id } }));
    const expected = sockets.map((each) => {
      const { sent, received } = hexOf(each);
      return each.kind === 'accepted' ? { sent: received, received: sent } : { sent, received };
    });
    // tshark tells the flows in an order of its own.
    const found = new Set(follow(sockets).map((flow) => JSON.stringify(flow)));
    expect(found).toEqual(new Set(expected.map((flow) => JSON.stringify(flow))));
  });
});
