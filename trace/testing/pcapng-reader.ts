/**
 * Reads captures as the drafts and RFCs say they are, sharing no code with what writes them: everything is read through
 * DataView, every checksum is added up word by word with the end-around carry taken at once.
 */
export type ReadPacket = {
  /** µs since 1970. */
  at: number;
  comment: string | undefined;
  source: string;
  destination: string;
  protocol: 'tcp' | 'udp';
  seq: number;
  ack: number;
  /** As letters, in the order of the header's bits: `FSRPA`. */
  flags: string;
  payload: Uint8Array;
};
export type ReadCapture = { blocks: number[]; linkType: number; packets: ReadPacket[] };

export function readPcapng(file: Uint8Array): ReadCapture {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const isLittle = view.getUint32(8, true) === 0x1a2b3c4d;
  if (!isLittle && view.getUint32(8) !== 0x1a2b3c4d) throw new Error('no byte-order magic');
  const capture: ReadCapture = { blocks: [], linkType: -1, packets: [] };
  let resolution = 6;
  let at = 0;
  while (at < file.length) {
    const type = view.getUint32(at, isLittle);
    const length = view.getUint32(at + 4, isLittle);
    if (length % 4 !== 0 || length < 12) throw new Error(`block of ${length} bytes at ${at}`);
    if (view.getUint32(at + length - 4, isLittle) !== length) throw new Error(`block at ${at}: its two lengths differ`);
    const body = new DataView(view.buffer, view.byteOffset + at + 8, length - 12);
    capture.blocks.push(type);
    if (type === 1) {
      capture.linkType = body.getUint16(0, isLittle);
      resolution = readOptions(body, 8, isLittle).get(9)?.[0] ?? 6;
    }
    if (type === 6) capture.packets.push(readEnhanced(body, isLittle, resolution));
    at += length;
  }
  return capture;
}

function readEnhanced(body: DataView, isLittle: boolean, resolution: number): ReadPacket {
  const ticks = (BigInt(body.getUint32(4, isLittle)) << 32n) | BigInt(body.getUint32(8, isLittle));
  const captured = body.getUint32(12, isLittle);
  if (captured !== body.getUint32(16, isLittle)) throw new Error('a packet was cut');
  const comment = readOptions(body, 20 + Math.ceil(captured / 4) * 4, isLittle).get(1);
  const frame = new DataView(body.buffer, body.byteOffset + 20, captured);
  return {
    at: Number((ticks * 1_000_000n) / 10n ** BigInt(resolution)),
    comment: comment && new TextDecoder('utf-8', { fatal: true }).decode(comment),
    ...readEthernet(frame),
  };
}

function readOptions(body: DataView, start: number, isLittle: boolean): Map<number, Uint8Array> {
  const options = new Map<number, Uint8Array>();
  let at = start;
  while (at < body.byteLength) {
    const code = body.getUint16(at, isLittle);
    const length = body.getUint16(at + 2, isLittle);
    if (code === 0) {
      if (at + 4 !== body.byteLength) throw new Error('options end before their block');
      return options;
    }
    options.set(code, new Uint8Array(body.buffer, body.byteOffset + at + 4, length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  if (options.size > 0) throw new Error('no end of options');
  return options;
}

type Transported = Omit<ReadPacket, 'at' | 'comment'>;

function readEthernet(frame: DataView): Transported {
  const etherType = frame.getUint16(12);
  const ip = new DataView(frame.buffer, frame.byteOffset + 14, frame.byteLength - 14);
  if (etherType === 0x0800) return readIpv4(ip);
  if (etherType === 0x86dd) return readIpv6(ip);
  throw new Error(`EtherType ${etherType}`);
}

function readIpv4(ip: DataView): Transported {
  if (ip.getUint8(0) !== 0x45) throw new Error('IPv4 version or header length');
  if (ip.getUint16(2) !== ip.byteLength) throw new Error('IPv4 total length');
  if (onesComplement([part(ip, 0, 20)]) !== 0xffff) throw new Error('IPv4 header checksum');
  const [source, destination] = [part(ip, 12, 4), part(ip, 16, 4)];
  const name = (address: DataView) => Array.from({ length: 4 }, (_, index) => address.getUint8(index)).join('.');
  return readTransport(part(ip, 20), ip.getUint8(9), source, destination, name);
}

function readIpv6(ip: DataView): Transported {
  if (ip.getUint8(0) >> 4 !== 6) throw new Error('IPv6 version');
  if (ip.getUint16(4) !== ip.byteLength - 40) throw new Error('IPv6 payload length');
  const [source, destination] = [part(ip, 8, 16), part(ip, 24, 16)];
  const name = (address: DataView) =>
    Array.from({ length: 8 }, (_, index) => address.getUint16(index * 2).toString(16)).join(':');
  return readTransport(part(ip, 40), ip.getUint8(6), source, destination, name);
}

function readTransport(
  segment: DataView,
  protocol: number,
  source: DataView,
  destination: DataView,
  name: (address: DataView) => string,
): Transported {
  const pseudo = new DataView(new ArrayBuffer(8));
  pseudo.setUint32(0, segment.byteLength);
  pseudo.setUint32(4, protocol);
  if (onesComplement([source, destination, pseudo, segment]) !== 0xffff) throw new Error('TCP or UDP checksum');
  const ports = {
    source: `${name(source)} ${segment.getUint16(0)}`,
    destination: `${name(destination)} ${segment.getUint16(2)}`,
  };
  if (protocol === 17) {
    if (segment.getUint16(4) !== segment.byteLength) throw new Error('UDP length');
    if (segment.getUint16(6) === 0) throw new Error('UDP without a checksum');
    return { ...ports, protocol: 'udp', seq: 0, ack: 0, flags: '', payload: bytesOf(part(segment, 8)) };
  }
  if (protocol !== 6) throw new Error(`IP protocol ${protocol}`);
  const flags = segment.getUint8(13);
  return {
    ...ports,
    protocol: 'tcp',
    seq: segment.getUint32(4),
    ack: segment.getUint32(8),
    flags: [...'FSRPA'].filter((_, bit) => flags & (1 << bit)).join(''),
    payload: bytesOf(part(segment, (segment.getUint8(12) >> 4) * 4)),
  };
}

function part(view: DataView, offset: number, length = view.byteLength - offset): DataView {
  return new DataView(view.buffer, view.byteOffset + offset, length);
}
function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
/** RFC 1071; 0xffff over data whose checksum is right. */
function onesComplement(parts: readonly DataView[]): number {
  let sum = 0;
  for (const view of parts) {
    for (let at = 0; at < view.byteLength; at += 2) {
      sum += at + 1 < view.byteLength ? view.getUint16(at) : view.getUint8(at) * 256;
      if (sum > 0xffff) sum -= 0xffff;
    }
  }
  return sum;
}
