// Keeps boards in the browser (IndexedDB): the lines of their ledgers, in records of one or many
// lines, and beside them each board's latest snapshot. Lines are only ever added and known by their
// hash, so two windows that write to one board can't overwrite each other's entries; together, in
// the order of their records, they are the board file. Adding a line costs the same however many
// there are.

import { openDB } from './idb.js';

const NAME = 'tongcheng';
const VERSION = 2; // 1 had a record a line, as {board, id, text}; they are still read
const BOARDS_LISTED = 200;
const RECORD_BYTES = 4 * 2 ** 20;
const LINE_FEED = 10;
const HEADER = '{"format":"tongcheng-board"';
const SNAPSHOT = '{"snapshot":"';
const DURABILITY = { durability: 'strict' }; // written to the disk before it counts as kept

const encoder = new TextEncoder();
const startsWith = (bytes, text) =>
  bytes.length >= text.length && Array.prototype.every.call(text, (c, i) => bytes[i] === c.charCodeAt(0));

/** The board's hash in the first line of a board file; null for anything else. */
export function boardOf(text) {
  const head = text.slice(0, 256);
  if (!head.startsWith(HEADER)) return null;
  return /"sha256":"([0-9a-f]{64})"/.exec(head)?.[1] ?? null;
}

/** The lines of a board file: [{id, begin, end}], `id` null for those that aren't entries. */
function linesOf(bytes) {
  const text = new TextDecoder('latin1').decode(bytes); // a character a byte; ids are ASCII
  const lines = [];
  for (let begin = 0; begin < text.length;) {
    const feed = text.indexOf('\n', begin);
    const end = feed < 0 ? text.length : feed + 1;
    const isEntry = text.startsWith('{"id":"', begin);
    lines.push({ id: isEntry ? text.slice(begin + 7, begin + 71) : null, begin, end });
    begin = end;
  }
  return lines;
}

function joined(pieces) {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

const bytesOf = (record) => record.bytes ?? encoder.encode(`${record.text}\n`);
const entriesOf = (record) => record.entries ?? (record.id === 'header' ? 0 : 1);

/** The store doesn't have the board to which a line was to be added. */
class MissingBoard extends Error {
  name = 'MissingBoard';
}

export class Store {
  static async open() {
    const db = await openDB(NAME, VERSION, {
      upgrade(database, from, to, transaction) {
        if (from === 0) {
          database.createObjectStore('boards', { keyPath: 'id' });
          database.createObjectStore('lines', { autoIncrement: true }).createIndex('board', 'board');
          database.createObjectStore('sources', { keyPath: 'digest' });
        } else {
          transaction.objectStore('lines').deleteIndex('line');
        }
        database.createObjectStore('snapshots', { keyPath: 'board' });
      },
      blocking() {
        db.close(); // a newer version of the page wants to change the form
      },
    });
    return new Store(db);
  }

  constructor(db) {
    this.db = db;
    this.present = new Set(); // boards that are known to be there
  }

  /**
   * Adds lines: with `whole` those of a board file that aren't there yet, else all of them, which
   * follow what is there. Rejects when they can't be kept; then none of them is.
   */
  async keep(board, title, bytes, whole, source) {
    const lines = linesOf(bytes);
    const tx = this.db.transaction(['boards', 'lines', 'snapshots', 'sources'], 'readwrite', DURABILITY);
    const isThere = this.present.has(board) || await tx.objectStore('boards').getKey(board) !== undefined;
    if (!isThere && !whole) {
      tx.abort();
      await tx.done.catch(() => {});
      throw new MissingBoard();
    }
    if (whole) {
      await this.#addMissing(tx.objectStore('lines'), board, bytes, lines, isThere);
    } else {
      const entries = lines.filter(({ id }) => id !== null);
      const pieces = entries.map(({ begin, end }) => bytes.subarray(begin, end));
      tx.objectStore('lines').add({ board, entries: entries.length, bytes: joined(pieces) });
    }
    const snapshot = lines.map(({ begin, end }) => bytes.subarray(begin, end))
      .findLast((line) => startsWith(line, SNAPSHOT));
    if (snapshot !== undefined) {
      const head = new TextDecoder().decode(snapshot.subarray(0, 256));
      const entries = Number(/"entries":(\d+)/.exec(head)?.[1] ?? 0);
      if (entries > 0) tx.objectStore('snapshots').put({ board, entries, bytes: snapshot.slice() });
    }
    tx.objectStore('boards').put({ id: board, title, updated: Date.now() });
    if (source !== null) tx.objectStore('sources').put({ digest: source, board, at: Date.now() });
    tx.commit(); // all of it is on its way now, even if the window is killed
    await tx.done;
    this.present.add(board);
    if (snapshot !== undefined && !whole) await this.#gather(board);
  }

  /** Adds the lines that no record has, in a few records. */
  async #addMissing(store, board, bytes, lines, isThere) {
    const there = new Set();
    if (isThere) {
      for (const record of await store.index('board').getAll(board)) {
        for (const { id } of linesOf(bytesOf(record))) there.add(id);
      }
    }
    let pieces = [];
    let entries = 0;
    let length = 0;
    const flush = () => {
      if (pieces.length === 0) return;
      store.add({ board, entries, bytes: joined(pieces) });
      pieces = [];
      entries = 0;
      length = 0;
    };
    for (const { id, begin, end } of lines) {
      const line = bytes.subarray(begin, end);
      const isNew = id !== null ? !there.has(id) : !isThere && startsWith(line, HEADER);
      if (!isNew) continue;
      pieces.push(line);
      entries += id === null ? 0 : 1;
      length += line.length;
      if (length >= RECORD_BYTES) flush();
    }
    flush();
  }

  /** Puts the records of single lines since the last time in one, so that reading stays quick. */
  async #gather(board) {
    const tx = this.db.transaction('lines', 'readwrite');
    const keys = [];
    const records = [];
    for (let at = await tx.store.openCursor(null, 'prev'); at !== null; at = await at.continue()) {
      if (at.value.board !== board) continue;
      if (entriesOf(at.value) !== 1) break;
      keys.unshift(at.key);
      records.unshift(at.value);
    }
    if (records.length > 1) {
      const bytes = joined(records.map(bytesOf));
      // In the first one's place, so that the order stays.
      tx.store.put({ board, entries: records.length, bytes }, keys[0]);
      for (const key of keys.slice(1)) tx.store.delete(key);
    }
    await tx.done;
  }

  /** The board file as far as it is kept, as bytes; null when nothing is. */
  async file(board) {
    const tx = this.db.transaction(['lines', 'snapshots']);
    const [records, snapshot] = await Promise.all([
      tx.objectStore('lines').index('board').getAll(board), tx.objectStore('snapshots').get(board),
    ]);
    const first = records.findIndex((record) => startsWith(bytesOf(record), HEADER));
    if (first < 0) return null;
    records.unshift(...records.splice(first, 1));
    const pieces = [];
    let before = 0; // entries
    for (const record of records) {
      const bytes = bytesOf(record);
      const after = before + entriesOf(record);
      // A snapshot stands after the entries that it is of.
      if (snapshot !== undefined && before < snapshot.entries && snapshot.entries <= after) {
        const ends = linesOf(bytes).filter(({ id }) => id !== null).map(({ end }) => end);
        const cut = ends[snapshot.entries - before - 1];
        pieces.push(bytes.subarray(0, cut), snapshot.bytes, bytes.subarray(cut));
      } else {
        pieces.push(bytes);
      }
      before = after;
    }
    return joined(pieces);
  }

  /** The board that was made from a file with these bytes; null when there is none. */
  async boardFrom(digest) {
    return (await this.db.get('sources', digest))?.board ?? null;
  }

  /** [{id, title, updated}], the latest first. */
  async boards() {
    return (await this.db.getAll('boards')).sort((a, b) => b.updated - a.updated).slice(0, BOARDS_LISTED);
  }
}
