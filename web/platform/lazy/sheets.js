// Spreadsheet files in the browser: .xlsx and .csv to and from the workbook form of the core
// (core/exchange/workbook.hpp): {sheets: [{name, rows: [[null | text | number | boolean |
// {date: 'YYYY-MM-DD'}]]}]}. Loaded when somebody imports or exports; the libraries only then.

/** Limits as the core has them, and one on what a file may unpack to. */
export const limits = {
  fileBytes: 64 << 20,
  unpackedBytes: 256 << 20,
  sheets: 64,
  rows: 200000,
  columns: 1024,
  cells: 4000000,
  characters: 32767,  // of one cell; Excel's
};

/**
 * Why a file can't be read or written: `code` is `too-large`, `wrong-format`, `old-format` (an .xls
 * file, or one with a password) or `encoding`.
 */
export class SheetError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const dayMilliseconds = 86400000;

/** A Date at midnight UTC (as both libraries have days) as YYYY-MM-DD. */
export function dayOf(date) {
  // Serial numbers with a time of day come with rounding errors of less than a second.
  const day = new Date(Math.floor((date.getTime() + 500) / dayMilliseconds) * dayMilliseconds);
  return day.toISOString().slice(0, 10);
}

function cellOf(value) {
  if (value === null || value === undefined || value === '') return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : {date: dayOf(value)};
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  return String(value);
}

/** Checks the limits and makes plain cells; `sheets` is [{name, rows}]. */
export function workbookOf(sheets) {
  let cells = 0;
  const tooLarge = () => new SheetError('too-large', 'more rows, columns or cells than a board has');
  if (sheets.length > limits.sheets) throw tooLarge();
  return {
    sheets: sheets.map(({name, rows}) => {
      if (rows.length > limits.rows) throw tooLarge();
      return {
        name,
        rows: rows.map((row) => {
          const plain = row.map(cellOf);
          while (plain.length > 0 && plain[plain.length - 1] === null) plain.pop();
          cells += plain.length + 1;
          if (plain.length > limits.columns || cells > limits.cells) throw tooLarge();
          return plain;
        }),
      };
    }),
  };
}

/**
 * The text of a CSV file: UTF-8 or UTF-16 by its byte order mark, UTF-8 without one, else GB18030
 * (what Excel in China saves as CSV).
 */
export function decodeText(bytes) {
  const decode = (encoding) => new TextDecoder(encoding, {fatal: true}).decode(bytes);
  const starts = (...mark) => mark.every((byte, i) => bytes[i] === byte);
  const encodings = starts(0xff, 0xfe) ? ['utf-16le'] : starts(0xfe, 0xff) ? ['utf-16be']
    : starts(0xef, 0xbb, 0xbf) ? ['utf-8'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      const text = decode(encoding);
      if (!text.includes('\0')) return text;
    } catch {
      // Not in this encoding.
    }
  }
  throw new SheetError('encoding', 'the encoding is neither UTF-8 nor GB18030');
}

/** A sheet's name from a file's: without folders and ending. */
export function sheetNameOf(fileName) {
  return fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'CSV';
}

export function readCsv(name, bytes, {Papa}) {
  const parsed = Papa.parse(decodeText(bytes), {
    delimitersToGuess: [',', ';', '\t'],
    skipEmptyLines: false,
  });
  const fault = parsed.errors.find(({type}) => type === 'Quotes');
  if (fault) {
    throw new SheetError('wrong-format', `row ${(fault.row ?? 0) + 1}: ${fault.message}`);
  }
  const rows = parsed.data;
  if (rows.length > 0 && rows[rows.length - 1].every((text) => text === '')) rows.pop();
  return workbookOf([{name: sheetNameOf(name), rows}]);
}

/**
 * The same archive with its parts unpacked, so that the reader needs no workers (the page's policy
 * forbids them) and nothing unpacks to more than is announced and allowed.
 */
export function unpacked(bytes, {fflate}) {
  let total = 0;
  let tooLarge = false;
  let parts;
  try {
    parts = fflate.unzipSync(bytes, {
      filter: ({name, originalSize}) => {
        total += originalSize;
        tooLarge = tooLarge || total > limits.unpackedBytes;
        return !tooLarge && /\.(xml|rels)$/i.test(name);
      },
    });
  } catch (error) {
    throw new SheetError('wrong-format', `not an .xlsx file in order: ${error.message}`);
  }
  if (tooLarge) throw new SheetError('too-large', 'unpacks to more than a board has');
  if (!('[Content_Types].xml' in parts)) {
    throw new SheetError('wrong-format', 'not an .xlsx file');
  }
  return fflate.zipSync(parts, {level: 0});
}

export async function readXlsx(bytes, libraries) {
  const stored = unpacked(bytes, libraries);
  let sheets;
  try {
    sheets = await libraries.readXlsxFile(
      stored.buffer.slice(stored.byteOffset, stored.byteOffset + stored.byteLength), {trim: false});
  } catch (error) {
    throw new SheetError('wrong-format', `not an .xlsx file in order: ${error.message}`);
  }
  return workbookOf(sheets.map(({sheet, data}) => ({name: sheet, rows: data})));
}

/** The cells of a workbook as the writing library wants them. */
export function sheetsToWrite(workbook) {
  const cell = (value, heading) => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'object') {
      return {type: Date, value: new Date(`${value.date}T00:00:00Z`), format: 'yyyy-mm-dd'};
    }
    if (typeof value === 'number') return {type: Number, value};
    if (typeof value === 'boolean') return {type: Boolean, value};
    if (value.length > limits.characters) {
      throw new SheetError('too-large', `a text is longer than ${limits.characters} characters`);
    }
    return heading ? {type: String, value, fontWeight: 'bold'} : {type: String, value};
  };
  return workbook.sheets.map(({name, rows}) => {
    const heading = rows.findIndex((row) => row.length > 2 &&
      row.every((value) => typeof value === 'string'));
    return {
      sheet: name,
      data: rows.map((row, i) => row.map((value) => cell(value, i === heading))),
      ...(heading >= 0 ? {stickyRowsCount: heading + 1} : {}),
    };
  });
}

/**
 * Stands in for Worker while a file is written: the library would compress larger parts in workers
 * made from blobs, which the page's policy forbids. It does what they would, in this thread.
 */
function inlineWorker({fflate}) {
  return class {
    postMessage(message) {
      if (!Array.isArray(message)) return;  // the code that a worker would start with
      queueMicrotask(() => {
        try {
          this.onmessage({data: fflate.deflateSync(message[0], message[1])});
        } catch (error) {
          this.onmessage({data: {$e$: [error.message, error.code, error.stack]}});
        }
      });
    }

    terminate() {}
  };
}

export async function writeXlsx(workbook, libraries) {
  const sheets = sheetsToWrite(workbook);
  const before = globalThis.Worker;
  globalThis.Worker = inlineWorker(libraries);
  try {
    const blob = await libraries.writeXlsxFile(sheets).toBlob();
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    globalThis.Worker = before;
  }
}

// ---- In a browser -------------------------------------------------------------------------------

const scripts = new Map();

/** Loads a library that puts itself under a global name; `file` is relative to this one. */
export function library(file, global) {
  if (typeof document === 'undefined') {  // in a worker
    globalThis.importScripts(new URL(file, import.meta.url).href);
    return globalThis[global];
  }
  if (!scripts.has(file)) {
    scripts.set(file, new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = new URL(file, import.meta.url).href;
      script.onload = () => resolve(globalThis[global]);
      script.onerror = () => {
        scripts.delete(file);
        reject(new Error(`${file} can't be loaded`));
      };
      document.head.append(script);
    }));
  }
  return scripts.get(file);
}

/** Reads a spreadsheet file; `name` tells .csv from .xlsx. Throws SheetError. */
export async function readWorkbook(name, bytes) {
  if (bytes.byteLength > limits.fileBytes) {
    throw new SheetError('too-large', `larger than ${limits.fileBytes >> 20} MiB`);
  }
  // By content rather than by name: a ZIP archive begins with PK.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const [fflate, readXlsxFile] = await Promise.all(
      [library('./sheets/fflate.js', 'fflate'), library('./sheets/read-excel-file.js', 'readXlsxFile')]);
    return readXlsx(bytes, {fflate, readXlsxFile});
  }
  // A compound file: the format before .xlsx, or a spreadsheet with a password. What only calls
  // itself .xls (HTML or text, which office systems write) Excel can save as .xlsx, too.
  const compound = [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte);
  if (compound || /\.(xls|et)$/i.test(name)) throw new SheetError('old-format', 'not an .xlsx file');
  if (/\.xlsx$/i.test(name)) throw new SheetError('wrong-format', 'not an .xlsx file');
  return readCsv(name, bytes, {Papa: await library('./sheets/papaparse.js', 'Papa')});
}

/** Cells as they come from the clipboard of a spreadsheet: separated by tabs and line ends. */
export async function readCells(text) {
  const Papa = await library('./sheets/papaparse.js', 'Papa');
  const rows = Papa.parse(text, {delimiter: '\t', skipEmptyLines: false}).data;
  while (rows.length > 0 && rows[rows.length - 1].every((cell) => cell === '')) rows.pop();
  return workbookOf([{name: '', rows}]);
}

/** The workbook as the bytes of an .xlsx file. */
export async function writeWorkbook(workbook) {
  const [fflate, writeXlsxFile] = await Promise.all(
    [library('./sheets/fflate.js', 'fflate'), library('./sheets/write-excel-file.js', 'writeXlsxFile')]);
  return writeXlsx(workbook, {fflate, writeXlsxFile});
}

const encoded = (workbook) => new TextEncoder().encode(`${JSON.stringify(workbook)}\0`);

/**
 * What the page asks for, with bytes as the answer. Workbooks cross over as JSON: of `read` and
 * `cells` with a zero at the end, as the app wants it.
 */
export const actions = {
  read: async (name, bytes) => encoded(await readWorkbook(name, bytes)),
  cells: async (text) => encoded(await readCells(text)),
  write: (json) => writeWorkbook(JSON.parse(json)),
};
