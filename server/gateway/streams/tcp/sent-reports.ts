import { FrameType } from '../../../../protocol/frame.ts';
import { encodeSent, SENT_RECORDS_MAX, type SentRecord } from '../../../../protocol/payloads.ts';
import type { ByteCount, Microseconds } from '../../../../protocol/units.ts';
import type { StreamHost } from '../stream-host.ts';

type Host = Pick<StreamHost, 'send' | 'soon'>;

/** When each send(2) of a stream returned. Not urgent: it travels with the next bytes, or in a few milliseconds. */
export class SentReports {
  readonly #stream: number;
  readonly #host: Host;
  #records: SentRecord[] = [];
  #isScheduled = false;

  constructor(stream: number, host: Host) {
    this.#stream = stream;
    this.#host = host;
  }

  add(count: ByteCount, at: Microseconds): void {
    this.#records.push({ at, count });
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#host.soon(() => {
      this.#isScheduled = false;
      this.flush();
    });
  }
  flush(): void {
    while (this.#records.length > 0) {
      const payload = encodeSent(this.#records.splice(0, SENT_RECORDS_MAX));
      this.#host.send(FrameType.SENT, this.#stream, payload);
    }
  }
}
