import { strToU8, type Zippable, zipSync } from 'fflate';
import type { FolderFile } from '../../python/folder-files.ts';
import { folderName } from '../../store/programs/folder-name.ts';
import type { SourceFile } from '../../store/programs/shared-programs.ts';
import type { Task } from '../../store/tasks/task.ts';

type Named = {
  readonly name: string;
  readonly programs: readonly SourceFile[];
  /** What else is in the folder of the set. */
  readonly files?: readonly FolderFile[];
  readonly task?: Task | undefined;
};

/** A folder for each set; of two with one name the later has a number. */
export function zipFolders(sets: readonly Named[]): ReadonlyMap<string, Named> {
  const folders = new Map<string, Named>();
  for (const set of sets) {
    const plain = folderName(set.name);
    let folder = plain;
    for (let nth = 2; folders.has(folder); nth += 1) folder = `${plain} ${nth}`;
    folders.set(folder, set);
  }
  return folders;
}

export function zipOf(sets: readonly Named[]): Blob {
  const zipped: Zippable = {};
  for (const [folder, { programs, files = [], task }] of zipFolders(sets)) {
    for (const { name, bytes } of files) zipped[`${folder}/${name}`] = bytes;
    for (const { file, source } of programs) zipped[`${folder}/${file}`] = strToU8(source);
    if (task) zipped[`${folder}/task.json`] = strToU8(JSON.stringify(task, undefined, 2));
  }
  return new Blob([zipSync(zipped) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
