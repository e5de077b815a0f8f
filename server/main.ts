/** What `npm start` runs, in a process of its own. */
import { runServer } from './run-server.ts';

await runServer(process.argv.slice(2), 'npm start --');
