import { GatewayClient } from '../../client/gateway-client.ts';
import { RoomClient } from '../../client/rooms/room-client.ts';
import { FrameType } from '../../protocol/frame.ts';
import { SEATS_MAX } from '../../protocol/rooms/records.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { createWsDial, nodeClock } from '../../testing/ws-dial.ts';

/** An instructor's page, without what is drawn. */
export class Teacher {
  readonly client: GatewayClient;
  readonly room: RoomClient;
  readonly entered: Promise<void>;
  gridBytes = 0;
  /** When each seat was first seen in each step, since they were cleared. */
  readonly seen = new Map<string, Milliseconds>();
  /** When each part of a mirror came. */
  readonly parts: { readonly kind: string; readonly part: number; readonly at: Milliseconds }[] = [];

  constructor(url: string) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.entered = promise;
    this.room = new RoomClient({
      client: () => this.client,
      clock: nodeClock,
      onMirror: (_mirror, kind, bytes) => {
        const part = Number(new TextDecoder().decode(bytes.subarray(0, 8)));
        this.parts.push({ kind, part, at: Date.now() });
      },
    });
    const { extension } = this.room;
    this.client = new GatewayClient({
      dial: createWsDial(url),
      clock: nodeClock,
      random: Math.random,
      schedule: (flush) => queueMicrotask(flush),
      extension: {
        ...extension,
        onFrame: (type, payload) => {
          extension.onFrame(type, payload);
          if (type === FrameType.GRID) this.#onGrid(payload.length);
        },
      },
      onWelcome: () => resolve(),
      onPhase: () => undefined,
      onLatency: () => undefined,
      onStats: () => undefined,
    });
    this.client.start();
  }

  /** From here on. */
  forgetSeen(): void {
    this.seen.clear();
    this.gridBytes = 0;
  }
  #onGrid(bytes: number): void {
    this.gridBytes += bytes;
    const at = Date.now();
    for (const { seat, step } of this.room.model.tiles.values()) {
      const key = `${seat} ${step}`;
      if (!this.seen.has(key)) this.seen.set(key, at);
    }
  }

  async create(key: string): Promise<void> {
    const policy = { names: 'free', entry: 'open', seats: SEATS_MAX, watch: true, spotlight: 'anonymous' } as const;
    await this.room.create({ key, name: 'Soak', policy });
  }
}
