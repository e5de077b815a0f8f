import type { Playground } from '../../store/playground.ts';
import { recordedSocket, takeRecording } from '../../store/recorded.ts';
import type { SocketRecord } from '../../store/socket-record.ts';
import { download, fileName } from './download.ts';

// The writers are fetched when they are first wanted: who only looks does not load them.

export async function savePcapng(playground: Playground): Promise<void> {
  const { encodePcapng } = await import('../../../protocol/export/pcapng.ts');
  const file = encodePcapng(takeRecording(playground, playground.sockets()));
  download(fileName(new Date(), 'pcapng'), 'application/vnd.tcpdump.pcap', file);
}

export async function saveJson(playground: Playground): Promise<void> {
  const { encodeRecording } = await import('../../../protocol/export/session-json.ts');
  const text = encodeRecording(takeRecording(playground, playground.sockets()));
  download(fileName(new Date(), 'json'), 'application/json', text);
}

export async function savePython(record: SocketRecord): Promise<void> {
  const { toConversation } = await import('../../../protocol/export/conversation.ts');
  const { pythonProgram } = await import('../../../protocol/export/python.ts');
  const program = pythonProgram(toConversation(recordedSocket(record)));
  download(fileName(new Date(), 'py'), 'text/x-python', program);
}

/** @throws {PlaygroundError} MESSAGE_INVALID; or a DOMException where the file cannot be read. */
export async function openJson(playground: Playground, file: File): Promise<readonly SocketRecord[]> {
  const { parseRecording } = await import('../../../protocol/export/session-json.ts');
  return playground.restore(parseRecording(await file.text()));
}
