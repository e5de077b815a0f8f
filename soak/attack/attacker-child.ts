/** One attacker. Arguments: the row's name, and the target as JSON. Started by attackers.ts, which kills it. */
import type { Target } from './attack.ts';
import { rowsNamed } from './rows.ts';

const [name = '', target = ''] = process.argv.slice(2);
const [row] = rowsNamed(name);
process.on('disconnect', () => process.exit());
process.send?.('ready');
await row?.attack(JSON.parse(target) as Target, (breach) => process.send?.(breach));
