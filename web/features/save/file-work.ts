import { PlaygroundError } from '../../../protocol/errors.ts';
import { toConversation } from '../../../trace/export/conversation.ts';
import { encodeRecording } from '../../../trace/export/encode-recording.ts';
import { encodePcapng } from '../../../trace/export/pcapng/pcapng.ts';
import { pythonProgram } from '../../../trace/export/programs/python.ts';
import type { RecordedSocket } from '../../../trace/export/recording.ts';
import { parseRecording } from '../../../trace/export/recording-json.ts';
import { toText } from '../../../trace/export/to-text.ts';
import { recordingFrom } from '../../../trace/recorded.ts';
import type { FileFormat, FromFileWorker, ToFileWorker } from './file-messages.ts';
import { Collector, countParts, type Part, partsOf, type Source } from './parts.ts';

type Saving = { readonly format: FileFormat; readonly collector: Collector };

/** The worker's side of one file: what takes seconds for a million events, away from the page. */
export class FileWork {
  readonly #post: (message: FromFileWorker, transfer: Transferable[]) => void;
  #saving: Saving | undefined;
  #parts: Iterator<Part> | undefined;

  constructor(post: (message: FromFileWorker, transfer: Transferable[]) => void) {
    this.#post = post;
  }

  async receive(message: ToFileWorker): Promise<void> {
    try {
      await this.#take(message);
    } catch (error) {
      const isOurs = error instanceof PlaygroundError;
      const text = isOurs ? error.message : String(error);
      this.#post({ type: 'failed', code: isOurs ? error.code : undefined, text }, []);
    }
  }

  async #take(message: ToFileWorker): Promise<void> {
    if (message.type === 'save') {
      const { format, sockets } = message;
      this.#saving = { format, collector: new Collector(sockets) };
      this.#post({ type: 'more' }, []);
    } else if (message.type === 'part') {
      this.#saving?.collector.add(message.part);
      this.#post({ type: 'more' }, []);
    } else if (message.type === 'end' && this.#saving) this.#post({ type: 'file', file: encode(this.#saving) }, []);
    else if (message.type === 'open') this.#open(await message.file.text());
    else if (message.type === 'more') this.#give();
  }

  #open(text: string): void {
    const { epoch, sockets } = parseRecording(text);
    const sources = sockets.map(sourceByTime);
    this.#parts = partsOf(sources);
    const heads = sockets.map(({ events: _events, sent: _sent, received: _received, ...head }) => head);
    this.#post({ type: 'recording', epoch, sockets: heads, parts: countParts(sources) }, []);
  }
  #give(): void {
    const next = this.#parts?.next();
    if (!next || next.done) this.#post({ type: 'end' }, []);
    else this.#post({ type: 'part', part: next.value }, 'bytes' in next.value ? [next.value.bytes.buffer] : []);
  }
}

/** A view puts each event in its place among those before it: that is quick only where it is near the end. */
function sourceByTime({ events, sent, received }: RecordedSocket): Source {
  const sorted = events.toSorted((a, b) => a.at - b.at);
  return { eventCount: sorted.length, eventAt: (index) => sorted[index], sent, received };
}

function encode({ format, collector }: Saving): Blob {
  const recording = recordingFrom(collector.take());
  if (format === 'pcapng') return new Blob([encodePcapng(recording)], { type: 'application/vnd.tcpdump.pcap' });
  if (format === 'json') return new Blob([encodeRecording(recording)], { type: 'application/json' });
  if (format === 'text') return new Blob([toText(recording)], { type: 'text/plain' });
  const programs = recording.sockets.map((socket) => pythonProgram(toConversation(socket)));
  return new Blob(programs, { type: 'text/x-python' });
}
