// Keeps boards in the browser (IndexedDB): the lines of their ledgers, one record a line. Lines are
// only ever added and known by their hash, so two windows that write to one board can't overwrite
// each other's entries; together they are the board file.

import { openDB } from './idb.js';

const NAME = 'tongcheng';
const SOURCES_KEPT = 200;

/** What tells a line of a board file from others; null for lines that need not be kept. */
function idOf(line) {
  if (line.startsWith('{"format":"tongcheng-board"')) return 'header';
  return /^\{"id":"([0-9a-f]{64})"/.exec(line)?.[1] ?? null;
}

/** The board's hash in the first line of a board file; null for anything else. */
export function boardOf(text) {
  const head = text.slice(0, 256);
  if (!head.startsWith('{"format":"tongcheng-board"')) return null;
  return /"sha256":"([0-9a-f]{64})"/.exec(head)?.[1] ?? null;
}

export class Store {
  static async open() {
    const db = await openDB(NAME, 1, {
      upgrade(database) {
        database.createObjectStore('boards', { keyPath: 'id' });
        const lines = database.createObjectStore('lines', { autoIncrement: true });
        lines.createIndex('line', ['board', 'id'], { unique: true });
        lines.createIndex('board', 'board');
        database.createObjectStore('sources', { keyPath: 'digest' });
      },
      blocking() {
        db.close(); // a newer version of the page wants to change the form
      },
    });
    return new Store(db);
  }

  constructor(db) {
    this.db = db;
  }

  /** Adds the lines of `text` that aren't there yet. Rejects when they can't be kept. */
  async keep(board, title, text, source) {
    const lines = text.split('\n').filter((line) => line !== '');
    const tx = this.db.transaction(['boards', 'lines', 'sources'], 'readwrite');
    const store = tx.objectStore('lines');
    const index = store.index('line');
    let known = null;
    if (lines.length > 50) {
      const keys = await index.getAllKeys(IDBKeyRange.bound([board, ''], [board, '\uffff']));
      if (keys.length > 0) {
        known = new Set((await index.getAll(IDBKeyRange.bound([board, ''], [board, '\uffff'])))
          .map((record) => record.id));
      } else {
        known = new Set();
      }
    }
    for (const line of lines) {
      const id = idOf(line);
      if (id === null) continue;
      const there = known === null ? await index.getKey([board, id]) !== undefined : known.has(id);
      if (!there) store.add({ board, id, text: line });
    }
    tx.objectStore('boards').put({ id: board, title, updated: Date.now() });
    if (source !== null) tx.objectStore('sources').put({ digest: source, board, at: Date.now() });
    await tx.done;
  }

  /** The board file as far as it is kept; null when nothing is. */
  async text(board) {
    const lines = await this.db.getAllFromIndex('lines', 'board', board);
    if (lines.length === 0) return null;
    const header = lines.find((line) => line.id === 'header');
    if (header === undefined) return null;
    return [header, ...lines.filter((line) => line !== header)]
      .map((line) => `${line.text}\n`).join('');
  }

  /** The board that was made from a file with these bytes; null when there is none. */
  async boardFrom(digest) {
    return (await this.db.get('sources', digest))?.board ?? null;
  }

  /** [{id, title, updated}], the latest first. */
  async boards() {
    return (await this.db.getAll('boards')).sort((a, b) => b.updated - a.updated).slice(0, SOURCES_KEPT);
  }
}
