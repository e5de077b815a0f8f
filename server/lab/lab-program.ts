import type { Port } from '../../protocol/units.ts';
import type { LabConnection } from './lab-connection.ts';
import type { LabContext } from './lab-context.ts';

/** What one TCP server of the lab is, apart from where it listens. */
export type LabProgram = {
  readonly name: string;
  readonly preferredPort: Port;
  readonly backlog: number;
  /** Whether the next client is accepted while one is still served. */
  readonly isThreaded: boolean;
  /** Whether it listens on a Unix socket as well; the name of its file. */
  readonly path?: string;
  /** TCP_NODELAY on its connections. */
  readonly noDelay?: true;
  /** Serves one client from after `...connected from` to close, as the program's text would. What it throws ends this connection alone. */
  readonly serve: (connection: LabConnection, context: LabContext) => Promise<void>;
};
