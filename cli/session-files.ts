import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { PlaygroundError } from '../protocol/errors.ts';
import type { ByteCount } from '../protocol/units.ts';
import { refuse } from '../server/settings.ts';
import { formatHexDumpRow } from '../trace/bytes/format-hex-dump.ts';
import { encodeRecording } from '../trace/export/encode-recording.ts';
import { encodePcapng } from '../trace/export/pcapng/pcapng.ts';
import type { Recording } from '../trace/export/recording.ts';

const ROW: ByteCount = 16;

export type SessionFileNames = {
  readonly dump: string | undefined;
  readonly raw: string | undefined;
  readonly record: string | undefined;
};

/** The files that a session is written to. They are made when it begins, so that a wrong name is told then. */
export class SessionFiles {
  readonly #dump: number | undefined;
  readonly #raw: number | undefined;
  readonly #record: string | undefined;
  readonly #offsets = { sent: 0, received: 0 };

  /** @throws {PlaygroundError} CONFIG_INVALID */
  constructor({ dump, raw, record }: SessionFileNames) {
    this.#dump = opened('--hex-dump', dump);
    this.#raw = opened('--output', raw);
    this.#record = record;
    if (record === undefined) return;
    if (!/\.(json|pcapng)$/.test(record)) refuse('--record', record, 'a name with .json or .pcapng at its end');
    closeSync(opened('--record', record) as number);
  }
  /** Bytes of one direction, as they come. */
  add(direction: 'sent' | 'received', bytes: Uint8Array): void {
    if (this.#raw !== undefined) writeSync(this.#raw, bytes);
    const offset = this.#offsets[direction];
    this.#offsets[direction] += bytes.length;
    if (this.#dump === undefined) return;
    const arrow = direction === 'sent' ? '>' : '<';
    let text = '';
    for (let start = 0; start < bytes.length; start += ROW) {
      text += `${arrow} ${formatHexDumpRow(bytes.subarray(start, start + ROW), offset + start)}\n`;
    }
    writeSync(this.#dump, text);
  }
  /** At the end, also by Ctrl+C. */
  finish(recording: Recording): void {
    for (const file of [this.#dump, this.#raw]) if (file !== undefined) closeSync(file);
    if (this.#record === undefined) return;
    writeFileSync(this.#record, this.#record.endsWith('.json') ? encodeRecording(recording) : encodePcapng(recording));
  }
}

function opened(option: string, path: string | undefined): number | undefined {
  if (path === undefined) return undefined;
  try {
    return openSync(path, 'w');
  } catch (cause) {
    throw new PlaygroundError(
      'CONFIG_INVALID',
      `${option} ${path} cannot be written (${(cause as NodeJS.ErrnoException).code})`,
      {
        cause,
      },
    );
  }
}
