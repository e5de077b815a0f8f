/** `node scripts/run.mjs FILE ARGUMENT…`: runs one of the project's programs with the pinned Node, installed if missing. */
import { become, findNode, installPackages } from './toolchain.mjs';

installPackages();
become(findNode(), process.argv.slice(2));
