import { type ErrorCode, PlaygroundError } from '../../../protocol/errors.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { parseHost, parsePort } from '../../../protocol/target.ts';

/** What stands in the fields: anything. */
export type RelayDraft = { readonly host: string; readonly port: string };
export type RelayErrors = { readonly host?: ErrorCode; readonly port?: ErrorCode };

/** Both fields are checked, so that both faults are told at once. */
export function parseRelayTarget(draft: RelayDraft): Endpoint | { readonly errors: RelayErrors } {
  const host = attempt(() => parseHost(draft.host).host);
  const port = attempt(() => parsePort(draft.port));
  if (!(host instanceof PlaygroundError) && !(port instanceof PlaygroundError)) return { host, port };
  return {
    errors: {
      ...(host instanceof PlaygroundError && { host: host.code }),
      ...(port instanceof PlaygroundError && { port: port.code }),
    },
  };
}

function attempt<Value>(parse: () => Value): Value | PlaygroundError {
  try {
    return parse();
  } catch (error) {
    return PlaygroundError.from(error);
  }
}
