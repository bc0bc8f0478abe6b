/** Keeps what was written on site in this browser. IndexedDB is there over plain http too, and takes photos as they are. */
import type { SiteItem, SiteStore } from './sitequeue';

const base = 'chouka.site';
const shelf = 'items';

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error('IndexedDB'));
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(base, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(shelf, { keyPath: 'id' });
  return answer(request);
}

/** browserStore is the store of this browser; a write has reached the disk when it resolves. */
export function browserStore(): SiteStore {
  const write = async (act: (items: IDBObjectStore) => void): Promise<void> => {
    const db = await open();
    try {
      await new Promise<void>((done, fail) => {
        const turn = db.transaction(shelf, 'readwrite', { durability: 'strict' });
        turn.oncomplete = () => done();
        turn.onabort = turn.onerror = () => fail(turn.error ?? new Error('IndexedDB'));
        act(turn.objectStore(shelf));
      });
    } finally {
      db.close();
    }
  };
  return {
    async all() {
      const db = await open();
      try {
        return await answer(db.transaction(shelf).objectStore(shelf).getAll() as IDBRequest<SiteItem[]>);
      } finally {
        db.close();
      }
    },
    put: (item) => write((items) => items.put(item)),
    remove: (id) => write((items) => items.delete(id)),
  };
}
