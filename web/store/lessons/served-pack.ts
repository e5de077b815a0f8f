import { type Pack, parsePackFile } from '../../../lesson/pack/pack.ts';

/** The lessons that the server hands out; undefined: it has none, or they are for another version of the page. */
export async function servedPack(load: () => Promise<string | undefined>): Promise<Pack | undefined> {
  try {
    const text = await load();
    return text === undefined ? undefined : parsePackFile(text);
  } catch {
    return undefined;
  }
}
