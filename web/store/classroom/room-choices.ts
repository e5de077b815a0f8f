import type { RoomClient } from '../../../client/rooms/room-client.ts';
import type { RoomPolicy, RoomSetting } from '../../../protocol/rooms/records.ts';
import { Asked } from './asked.ts';

export type RoomChoicesOptions = {
  readonly client: RoomClient;
  /** Asks, and says why it was refused. */
  readonly attempt: (ask: () => Promise<unknown>) => void;
  readonly onChange: () => void;
};

/** What is chosen in this page and stored by the server: it stands there at once, before the server has answered. */
export class RoomChoices {
  readonly #options: RoomChoicesOptions;
  readonly #setting: Asked<RoomSetting>;
  readonly #policy: Asked<RoomPolicy | undefined>;
  readonly #agrees: Asked<boolean>;
  #entryUnlocked: RoomPolicy['entry'] = 'open';

  constructor(options: RoomChoicesOptions) {
    this.#options = options;
    this.#setting = new Asked(options.onChange);
    this.#policy = new Asked(options.onChange);
    this.#agrees = new Asked(options.onChange);
  }

  /** By an instructor, for all. */
  get setting(): RoomSetting {
    const { pack: _, spotlight: __, ...told } = this.#options.client.model.now;
    return this.#setting.over(told);
  }
  set(setting: RoomSetting): void {
    const { client, attempt } = this.#options;
    attempt(() => this.#setting.ask(setting, () => client.ask('now', { now: setting })));
  }

  get policy(): RoomPolicy | undefined {
    return this.#policy.over(this.#options.client.model.policy);
  }
  /** How one comes in. */
  setEntry(entry: RoomPolicy['entry']): void {
    const { client, attempt } = this.#options;
    const { policy: before } = this;
    if (!before) return;
    if (before.entry !== 'locked') this.#entryUnlocked = before.entry;
    const policy = { ...before, entry };
    attempt(() => this.#policy.ask(policy, () => client.ask('policy', { policy })));
  }
  /** Nobody comes in by the code; or as it was before. */
  setLocked(isLocked: boolean): void {
    this.setEntry(isLocked ? 'locked' : this.#entryUnlocked);
  }

  /** By a learner: the name may stand beside the page when all see it. */
  get agrees(): boolean {
    return this.#agrees.over(this.#options.client.model.own?.agrees === true);
  }
  setAgrees(agrees: boolean): void {
    const { client, attempt } = this.#options;
    attempt(() => this.#agrees.ask(agrees, () => client.agree(agrees)));
  }
}
