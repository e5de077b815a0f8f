import { onTestFinished } from 'vitest';
import { GatewayClient } from '../../../client/gateway-client.ts';
import { RoomClient, type WayBack } from '../../../client/rooms/room-client.ts';
import type { ClientStream } from '../../../client/stream.ts';
import { PlaygroundError } from '../../../protocol/errors.ts';
import type { RoomSay, RoomTold } from '../../../protocol/rooms/messages.ts';
import type { RoomPolicy } from '../../../protocol/rooms/records.ts';
import { failTest, startTestPlayground } from '../../../testing/playground.ts';
import { createWsDial, nodeClock } from '../../../testing/ws-dial.ts';
import type { StartOptions } from '../../start-playground.ts';
import type { Classroom } from '../classroom.ts';

export const OPEN: RoomPolicy = { names: 'free', entry: 'open', seats: 40, watch: true, spotlight: 'anonymous' };

/** A page with the client that the real page has, over a real WebSocket. */
export class RoomPage {
  readonly client: GatewayClient;
  readonly room: RoomClient;
  readonly told: RoomTold[] = [];
  readonly mirrored: { readonly mirror: number; readonly kind: string; readonly text: string }[] = [];
  back: WayBack | undefined;
  arrivals = 0;

  #onArrival: (() => void) | undefined;

  private constructor(url: string) {
    this.room = new RoomClient({
      client: () => this.client,
      clock: nodeClock,
      onTold: (message) => this.told.push(message),
      onWayBack: (back) => {
        this.back = back;
      },
      onMirror: (mirror, kind, bytes) => this.mirrored.push({ mirror, kind, text: new TextDecoder().decode(bytes) }),
    });
    this.client = new GatewayClient({
      dial: createWsDial(url),
      clock: nodeClock,
      random: () => 0,
      schedule: (flush) => queueMicrotask(flush),
      reportError: failTest,
      extension: this.room.extension,
      onWelcome: () => {
        this.arrivals += 1;
        this.#onArrival?.();
      },
      onPhase: () => undefined,
      onLatency: () => undefined,
      onStats: () => undefined,
    });
  }

  static async enter(url: string): Promise<RoomPage> {
    const page = new RoomPage(url);
    onTestFinished(() => page.client.leave());
    await new Promise<void>((resolve) => {
      page.#onArrival = resolve;
      page.client.start();
    });
    return page;
  }

  get model(): RoomClient['model'] {
    return this.room.model;
  }
  last<Say extends RoomTold['say']>(say: Say): Extract<RoomTold, { say: Say }> | undefined {
    return this.told.findLast((message): message is Extract<RoomTold, { say: Say }> => message.say === say);
  }
  /** The code that this is refused with; 'done' where it is not. */
  async refusal(asked: Promise<unknown>): Promise<string> {
    try {
      await asked;
      return 'done';
    } catch (error) {
      return PlaygroundError.from(error).code;
    }
  }
  ask: RoomClient['ask'] = (say, fields) => this.room.ask(say, fields);
  /** Says it, whatever its fields are. */
  say(say: RoomSay, fields: object): Promise<unknown> {
    return this.room.ask(say, fields as never);
  }
  connect(port: number, onReset: (code: string) => void = () => undefined): Promise<ClientStream> {
    return new Promise((resolve) => {
      const stream: ClientStream = this.client.open(
        { kind: 'tcp', host: '127.0.0.1', port },
        { onOpened: () => resolve(stream), onReset: ({ code }) => onReset(code) },
      );
    });
  }
  /** The browser tab is closed. */
  leave(): void {
    this.client.leave();
  }
}

/** A server with a room, and the page of its instructor. */
export async function openRoom(policy: Partial<RoomPolicy> = {}, options: Partial<StartOptions> = {}) {
  const server = await startTestPlayground(options);
  onTestFinished(() => server.close());
  const classroom = server.classroom as Classroom;
  const teacher = await RoomPage.enter(server.url);
  const keys = await teacher.room.create({ key: classroom.key.text, name: 'Networks', policy: { ...OPEN, ...policy } });
  const learn = async (name = 'Ada', more: object = {}): Promise<RoomPage> => {
    const page = await RoomPage.enter(server.url);
    await page.room.join({ code: teacher.model.code, name, ...more });
    return page;
  };
  const echo = server.lab.servers.find(({ name }) => name === 'Raw echo')?.port ?? 0;
  return { server, classroom, teacher, keys, learn, echo, url: server.url };
}
