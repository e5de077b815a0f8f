import type { ByteCount } from '../../protocol/units.ts';

/** A file of the folder that the programs of a page share; its name has `/` between folders. */
export type FolderFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };
/** What became of a file: its bytes, or undefined where it is deleted. */
export type FileChange = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> | undefined };

/** A larger file is the process's own, and gone with it. */
export const FILE_MAX: ByteCount = 8 * 1024 * 1024;
const NAME_MAX = 200;

/** A path within the folder, without `.` and `..`; what Python caches of a module is no file of anybody's. */
export function isFileName(name: string): boolean {
  const parts = name.split('/');
  return (
    name.length <= NAME_MAX &&
    !/[\p{Cc}\\]/u.test(name) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && part !== '__pycache__')
  );
}
