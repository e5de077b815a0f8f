/** Strangers choose the names: the log has room for a few. */
const NAMES_TOLD = 16;

export type RefusedName = { readonly header: 'host' | 'origin'; readonly name: string; readonly option: string };

/**
 * Tells whoever hosts the playground, once for each name, what it would have to be started with: to those who come by a name
 * that is not let in the page says little, or nothing.
 */
export function createRefusalLog(write: (refused: RefusedName, sentence: string) => void) {
  const told = new Set<string>();
  return (refused: RefusedName): void => {
    const { header, name, option } = refused;
    if (told.size >= NAMES_TOLD || told.has(`${header} ${name}`)) return;
    told.add(`${header} ${name}`);
    write(refused, `${header} ${name} is refused; start with ${option} to let it in`);
  };
}
