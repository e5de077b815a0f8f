"""Prints each TCP, UDP and ICMP packet of the loopback interface as a line: time protocol source port target port flags seq length.

The time is in microseconds since 1970, by the kernel. Of an ICMP message the ports are those of the datagram that it answers.
It needs CAP_NET_RAW, and ends with its standard input.
"""
import select
import socket
import struct
import sys

OUTGOING = 4
SO_TIMESTAMPNS = 35
SO_RCVBUFFORCE = 33
HEADERS = 160
BUFFER = 1 << 25
FLAGS = ((1, "F"), (2, "S"), (4, "R"), (16, "A"))


def ports(inner):
    return struct.unpack_from("!HH", inner) if len(inner) >= 4 else (0, 0)


def describe(packet):
    if packet[0] >> 4 == 4:
        family, whole, header = socket.AF_INET, int.from_bytes(packet[2:4]), (packet[0] & 15) * 4
        number, source, target = packet[9], packet[12:16], packet[16:20]
    else:
        family, whole, header = socket.AF_INET6, 40 + int.from_bytes(packet[4:6]), 40
        number, source, target = packet[6], packet[8:24], packet[24:40]
    body = packet[header:]
    a, b = socket.inet_ntop(family, source), socket.inet_ntop(family, target)
    if number == 6:
        flags = "".join(name for bit, name in FLAGS if body[13] & bit) or "-"
        seq = int.from_bytes(body[4:8])
        return "tcp", a, *ports(body)[:1], b, ports(body)[1], flags, seq, whole - header - (body[12] >> 4) * 4
    if number == 17:
        return "udp", a, ports(body)[0], b, ports(body)[1], "-", 0, whole - header - 8
    if number in (1, 58):
        inner = body[8:]
        inner = inner[(inner[0] & 15) * 4:] if number == 1 and len(inner) > 20 else inner[40:]
        return "icmp", a, ports(inner)[0], b, ports(inner)[1], "-", body[0], 0
    return None


wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
wire.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER)
wire.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
wire.bind(("lo", 0))
print("ready", flush=True)
while True:
    readable, _, _ = select.select([wire, sys.stdin], [], [], None)
    if sys.stdin in readable:
        break
    packet, ancillary, _, address = wire.recvmsg(HEADERS, 64)
    # Each packet of the loopback interface goes by twice: out, and in.
    found = describe(packet) if address[2] == OUTGOING and len(packet) >= 20 else None
    if found:
        seconds, nanoseconds = struct.unpack("qq", ancillary[0][2])
        print(seconds * 1_000_000 + nanoseconds // 1_000, *found)
    if not select.select([wire], [], [], 0)[0]:
        sys.stdout.flush()
