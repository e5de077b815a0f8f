import type { RoomClient } from '../../../client/rooms/room-client.ts';
import { type Pack, parsePackFile } from '../../../lesson/pack/pack.ts';

/** A pack of the instructor's own, as a page of the class has it. */
export class RoomLessons {
  readonly #client: RoomClient;
  readonly #onPack: () => void;
  #key = '';
  #pack: Pack | undefined;

  /** `onPack`: it has come, or there is none any more. */
  constructor(client: RoomClient, onPack: () => void) {
    this.#client = client;
    this.#onPack = onPack;
  }

  get pack(): Pack | undefined {
    return this.#pack;
  }
  /** Asks for what the room has now, where that is not here yet. */
  look(): void {
    const { room, now } = this.#client.model;
    const ref = room === undefined ? undefined : now.pack;
    const key = ref?.pieces === undefined ? '' : `${room} ${ref.id} ${ref.version} ${ref.pieces}`;
    if (key === this.#key) return;
    this.#key = key;
    const had = this.#pack;
    this.#pack = undefined;
    if (had) this.#onPack();
    if (key !== '') void this.#fetch(key);
  }
  async #fetch(key: string): Promise<void> {
    try {
      const pack = parsePackFile(await this.#client.takePack());
      if (key !== this.#key) return;
      this.#pack = pack;
      this.#onPack();
    } catch {
      // Another one has taken its place meanwhile, or the session has ended: it is looked at again with the next news of the room.
      if (key === this.#key) this.#key = '';
    }
  }
}
