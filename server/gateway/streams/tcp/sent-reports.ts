import { FrameType } from '../../../../protocol/frame.ts';
import { encodeSent, SENT_RECORDS_MAX, type SentRecord } from '../../../../protocol/payloads.ts';
import type { ByteCount, Microseconds } from '../../../../protocol/units.ts';
import type { StreamPort } from '../stream-port.ts';

/** When each send(2) of a stream returned. Nobody waits for it: it goes with the next bytes that come, or in a moment. */
export class SentReports {
  readonly #stream: number;
  readonly #port: StreamPort;
  #records: SentRecord[] = [];
  #isScheduled = false;

  constructor(stream: number, port: StreamPort) {
    this.#stream = stream;
    this.#port = port;
  }

  add(count: ByteCount, at: Microseconds): void {
    this.#records.push({ at, count });
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#port.soon(() => {
      this.#isScheduled = false;
      this.flush();
    });
  }
  flush(): void {
    while (this.#records.length > 0) {
      const payload = encodeSent(this.#records.splice(0, SENT_RECORDS_MAX));
      this.#port.send(FrameType.SENT, this.#stream, payload);
    }
  }
}
