import type { ErrorCode } from '../../../protocol/errors.ts';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { parseHost, parsePort } from '../../../protocol/target.ts';
import type { Port } from '../../../protocol/units.ts';

/** What stands in the fields: anything. */
export type ListenDraft = {
  readonly host: string;
  readonly port: string;
  readonly backlog: string;
  /** SO_REUSEADDR. */
  readonly isReusing: boolean;
};
export type ListenAddress = {
  readonly host: string;
  readonly port: Port;
  readonly backlog: number;
  readonly isReusing: boolean;
};
export type ListenErrors = { readonly host?: ErrorCode; readonly port?: ErrorCode; readonly backlog?: true };

/** The tutorial's backlog, on a port of the system's choice. */
export const FIRST_LISTEN: ListenDraft = { host: '127.0.0.1', port: '0', backlog: '5', isReusing: true };

export function parseListenDraft(draft: ListenDraft, backlogMax: number): ListenAddress | { errors: ListenErrors } {
  const errors: { host?: ErrorCode; port?: ErrorCode; backlog?: true } = {};
  let address: ListenAddress = { host: '', port: 0, backlog: 0, isReusing: draft.isReusing };
  try {
    address = { ...address, host: parseHost(draft.host).host };
  } catch (error) {
    errors.host = PlaygroundError.from(error).code;
  }
  try {
    address = { ...address, port: parsePort(draft.port) };
  } catch (error) {
    errors.port = PlaygroundError.from(error).code;
  }
  const digits = draft.backlog.trim();
  if (!/^[0-9]{1,5}$/.test(digits) || Number(digits) > backlogMax) errors.backlog = true;
  return Object.keys(errors).length > 0 ? { errors } : { ...address, backlog: Number(digits) };
}
