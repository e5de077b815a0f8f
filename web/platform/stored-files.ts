/** Files that the browser keeps, by the folder that they are in and their name in it. */
export type StoredFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };
export type FileStore = {
  readonly list: (folder: string) => Promise<readonly StoredFile[]>;
  /** Undefined: the file goes. */
  readonly write: (folder: string, name: string, bytes: Uint8Array<ArrayBuffer> | undefined) => Promise<void>;
  readonly removeFolder: (folder: string) => Promise<void>;
};

const DATABASE = 'socket-playground';
const FILES = 'files';

/** In IndexedDB, which takes bytes. A browser that blocks storage, or has no room left, keeps nothing, as `stored.ts`. */
export function createFileStore(): FileStore {
  let opened: Promise<IDBDatabase> | undefined;
  const open = (): Promise<IDBDatabase> => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(FILES);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  };
  const ask = async (mode: IDBTransactionMode, request: (files: IDBObjectStore) => IDBRequest): Promise<unknown> => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(FILES, mode);
      const asked = request(transaction.objectStore(FILES));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
    });
  };
  // An array sorts behind every string: all names of the folder.
  const allOf = (folder: string) => IDBKeyRange.bound([folder], [folder, []]);
  return {
    list: async (folder) => {
      try {
        const names = (await ask('readonly', (files) => files.getAllKeys(allOf(folder)))) as [string, string][];
        const contents = (await ask('readonly', (files) => files.getAll(allOf(folder)))) as unknown[];
        return names.flatMap(([, name], nth) => {
          const bytes = contents[nth];
          return bytes instanceof Uint8Array ? [{ name, bytes: bytes as Uint8Array<ArrayBuffer> }] : [];
        });
      } catch {
        return [];
      }
    },
    write: async (folder, name, bytes) => {
      const request = (files: IDBObjectStore): IDBRequest =>
        bytes ? files.put(bytes, [folder, name]) : files.delete([folder, name]);
      await ask('readwrite', request).catch(() => undefined);
    },
    removeFolder: async (folder) => {
      await ask('readwrite', (files) => files.delete(allOf(folder))).catch(() => undefined);
    },
  };
}
