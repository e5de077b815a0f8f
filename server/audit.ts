import { createHash } from 'node:crypto';
import type { GatewayExtension } from './gateway/extension.ts';

/** Enough to tell sessions of one day apart, and no way back to the id, which is half of a key. */
const SESSION_DIGITS = 12;

export type AuditLine = {
  readonly event: 'open';
  readonly session: string;
  readonly kind: string;
  readonly host: string;
  readonly port: number;
  /** `ok`, or the code of the refusal or failure. */
  readonly outcome: string;
};

/** One line per OPEN: who, where to, what came of it. Never a byte of what is sent, never a secret. */
export function createAudit(write: (line: AuditLine) => void): GatewayExtension {
  return {
    onOutcome: ({ id }, { kind, host, port }, outcome) => {
      write({ event: 'open', session: shortened(id), kind, host, port, outcome });
    },
  };
}

function shortened(session: string): string {
  return createHash('sha256').update(session).digest('hex').slice(0, SESSION_DIGITS);
}
