// The parts of web/platform/lazy/sheets.js that need no page, with the very bundles that the site ships.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {fileURLToPath} from 'node:url';
import vm from 'node:vm';

import * as sheets from '../../web/platform/lazy/sheets.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const modules = process.env.TONGCHENG_NODE_MODULES ?? path.join(root, 'web/node_modules');

/** Runs a bundle as a script of the page would run, without module or require. */
function global(file, name) {
  vm.runInThisContext(fs.readFileSync(path.join(modules, file), 'utf8'), {filename: file});
  assert.ok(globalThis[name], name);
  return globalThis[name];
}

const libraries = {
  fflate: global('fflate/umd/index.js', 'fflate'),
  readXlsxFile: global('read-excel-file/bundle/read-excel-file.min.js', 'readXlsxFile'),
  writeXlsxFile: global('write-excel-file/bundle/write-excel-file.min.js', 'writeXlsxFile'),
  Papa: global('papaparse/papaparse.min.js', 'Papa'),
};

const workbook = {
  sheets: [
    {name: '说明', rows: [['名称', '呼包同城化'], ['截至', {date: '2024-03-23'}]]},
    {
      name: '事项',
      rows: [
        ['编号', '标题', '期限', '进度（%）'],
        ['K-01', '=1+1', {date: '1900-03-01'}, 33.3],
        [],
        ['007', '<b> & "q" 😀', {date: '2199-12-31'}, 0],
        ['K-03', null, null, true],
        ['K-04', '两行\n文字', {date: '2024-02-29'}],
      ],
    },
  ],
};

test('what is written as .xlsx is read back', async () => {
  const bytes = await sheets.writeXlsx(workbook, libraries);
  assert.deepEqual(await sheets.readXlsx(bytes, libraries), workbook);
});

test('parts that the library would compress in a worker', async () => {
  const large = {
    sheets: [{
      name: 'Items',
      rows: Array.from({length: 20000}, (_, i) => [`K-${i}`, `标题 ${i * 7919}`, i / 7,
        {date: sheets.dayOf(new Date(86400000 * (19000 + i % 900)))}]),
    }],
  };
  const before = globalThis.Worker;
  const bytes = await sheets.writeXlsx(large, libraries);
  assert.equal(globalThis.Worker, before);
  assert.deepEqual(await sheets.readXlsx(bytes, libraries), large);
});

test('a file made by LibreOffice', async () => {
  const bytes = new Uint8Array(fs.readFileSync(path.join(root, 'tests/data/libreoffice.xlsx')));
  const [sheet] = (await sheets.readXlsx(bytes, libraries)).sheets;
  assert.deepEqual(sheet.rows[2].slice(0, 4), ['G1', '签订协议', 'Blocked', {date: '2024-05-31'}]);
});

test('CSV in the encodings that Excel saves', () => {
  const csv = '编号,标题\r\nK-01,"引号""与,逗号"\r\nK-02,"两\r\n行"\r\n';
  const rows = [['编号', '标题'], ['K-01', '引号"与,逗号'], ['K-02', '两\r\n行']];
  const read = (bytes) => sheets.readCsv('/a/清单.v1.csv', bytes, libraries);
  const utf8 = new TextEncoder().encode(csv);
  assert.deepEqual(read(utf8), {sheets: [{name: '清单.v1', rows}]});
  assert.deepEqual(read(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8])).sheets[0].rows, rows);
  // 编号,标题 in GB18030.
  const gb = new Uint8Array([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xb1, 0xea, 0xcc, 0xe2, 0x0d, 0x0a]);
  assert.deepEqual(read(gb).sheets[0].rows, [['编号', '标题']]);
  const utf16 = Buffer.from('\ufeff' + csv, 'utf16le');
  assert.deepEqual(read(new Uint8Array(utf16)).sheets[0].rows, rows);
  assert.throws(() => read(new Uint8Array([0xff, 0xff, 0x80])), {code: 'encoding'});
  assert.throws(() => read(new TextEncoder().encode('a,"b\n')), {code: 'wrong-format'});
});

test('broken and oversized files are refused', async () => {
  const {fflate} = libraries;
  const good = await sheets.writeXlsx(workbook, libraries);
  const refused = (bytes, code) => assert.rejects(() => sheets.readXlsx(bytes, libraries), {code});
  await refused(good.slice(0, good.length / 2), 'wrong-format');
  await refused(fflate.zipSync({'a.txt': new Uint8Array(3)}), 'wrong-format');
  const bomb = {'[Content_Types].xml': new Uint8Array(1)};
  for (let i = 0; i < 5; ++i) bomb[`xl/${i}.xml`] = new Uint8Array(60 << 20);
  await refused(fflate.zipSync(bomb, {level: 1}), 'too-large');
  assert.throws(() => sheets.workbookOf([{name: 'a', rows: [new Array(2000).fill('x')]}]),
    {code: 'too-large'});
  assert.throws(() => sheets.sheetsToWrite({sheets: [{name: 'a', rows: [['x'.repeat(40000)]]}]}),
    {code: 'too-large'});
});
