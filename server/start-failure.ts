import { PlaygroundError } from '../protocol/errors.ts';
import type { Config } from './config.ts';

/** A wrong setting, and everything else: what the process ends with. */
const SETTING_WRONG = 2;
const FAILED = 1;

/** Why the server did not start: a sentence for what a person can fix, a stack for what is a fault of the program. */
export function failureOf(
  error: NodeJS.ErrnoException & { readonly address?: string; readonly port?: number },
  config: Pick<Config, 'host'> | undefined,
  command: string,
): { readonly text: string; readonly status: number } {
  const { code = '', syscall = '', message } = error;
  if (error instanceof PlaygroundError && error.code === 'CONFIG_INVALID') {
    return { text: `${message}.\n${command} --help lists all options.`, status: SETTING_WRONG };
  }
  if (syscall === 'mkdtemp') {
    const text = `The folder for temporary files cannot be written to (${code}, ${error.path}): TMPDIR names another.`;
    return { text, status: SETTING_WRONG };
  }
  if (code === 'EADDRINUSE') return { text: `${message}: choose another port with --port.`, status: FAILED };
  const host = config?.host ?? '';
  if (code === 'EADDRNOTAVAIL' && error.address === host) {
    return {
      text: `--host cannot be "${host}": it is not an address of this machine (${code}).`,
      status: SETTING_WRONG,
    };
  }
  if (syscall === 'getaddrinfo') {
    return { text: `--host cannot be "${host}": the name has no address here (${code}).`, status: SETTING_WRONG };
  }
  if ((code === 'EACCES' || code === 'EPERM') && syscall === 'listen') {
    return { text: `${message}: choose a port from 1024 on with --port.`, status: SETTING_WRONG };
  }
  if (syscall !== '') return { text: `${message}.`, status: FAILED };
  return { text: error.stack ?? String(error), status: FAILED };
}
