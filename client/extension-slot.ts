import type { ClientExtension } from './gateway-client-options.ts';

/** Room for an extension that comes later than the session: its code is fetched when it is first needed. */
export class ExtensionSlot implements ClientExtension {
  current: ClientExtension | undefined;

  readonly onFrame: ClientExtension['onFrame'] = (type, payload) => this.current?.onFrame(type, payload);
  readonly onArrival: ClientExtension['onArrival'] = (arrival) => this.current?.onArrival(arrival);
}
