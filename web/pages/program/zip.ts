import { strToU8, type Zippable, zipSync } from 'fflate';
import type { SourceFile } from '../../store/programs/saved-programs.ts';

type Named = { readonly name: string; readonly programs: readonly SourceFile[] };

/** A folder for each set; of two with one name the later has a number. */
export function zipFolders(sets: readonly Named[]): ReadonlyMap<string, readonly SourceFile[]> {
  const folders = new Map<string, readonly SourceFile[]>();
  for (const { name, programs } of sets) {
    // What no file system takes; a name of dots alone would be a folder above.
    const plain =
      name
        .replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '-')
        .replace(/^\.+/, '-')
        .trim() || '-';
    let folder = plain;
    for (let nth = 2; folders.has(folder); nth += 1) folder = `${plain} ${nth}`;
    folders.set(folder, programs);
  }
  return folders;
}

export function zipOf(sets: readonly Named[]): Blob {
  const files: Zippable = {};
  for (const [folder, programs] of zipFolders(sets)) {
    for (const { file, source } of programs) files[`${folder}/${file}`] = strToU8(source);
  }
  return new Blob([zipSync(files) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
