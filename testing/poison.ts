/** For whatever starts a server or a client to test it: a buffer is overwritten the moment it is given back (decision 013). */
import { setPoisoning } from '../protocol/message-pool.ts';

setPoisoning(true);
