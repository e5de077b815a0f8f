import { getSystemErrorName } from 'node:util';

/** A system call that failed, in the shape of Node's own errors: match on `code`, the errno's name. */
export class SystemError extends Error {
  override readonly name = 'SystemError';
  readonly code: string;
  readonly syscall: string;

  constructor(syscall: string, code: string, subject = '') {
    super(`${syscall} ${code} ${subject}`.trimEnd());
    this.code = code;
    this.syscall = syscall;
  }
}

/** `EADDRINUSE` for 98. */
export function errnoName(errno: number): string {
  return getSystemErrorName(-errno);
}

/** The errno name of what Node or this program threw; undefined where it is no system error. */
export function codeOfError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
