// Spreadsheets in the page: saved, changed by another program, and brought back.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

async function saved(page, lang, label, menu = 'open.menu') {
  await p.clickNode(page, 'button', p.t(lang, menu));
  const [download] = await Promise.all([
    page.waitForEvent('download'), p.clickNode(page, 'button', label),
  ]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

/** Changes an .xlsx file by openpyxl; `script` finds it as `book`. Returns the file. */
function byOpenpyxl(bytes, script) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongcheng-'));
  const file = path.join(folder, 'list.xlsx');
  writeFileSync(file, bytes);
  const out = execFileSync('/usr/bin/python3', ['-c', `
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
${script}
book.save(sys.argv[1])`, file], { encoding: 'utf8' });
  const changed = readFileSync(file);
  rmSync(folder, { recursive: true });
  return { changed, out };
}

async function signed(page) {
  await p.waitForNode(page, 'dialog', /./);
  await p.clickNode(page, 'textbox', /姓名|name/i);
  await page.keyboard.insertText('王五');
  await p.idle(page);
  await page.keyboard.press('Enter');
}

for (const lang of ['zh', 'en']) {
  test(`an exported workbook comes back with changes of another program (${lang})`, async () => {
    const page = await p.openPage({ lang, programme: 'demo', hash: 'items' });
    const { name, bytes } = await saved(page, lang, p.t(lang, 'export.xlsx'));
    assert.equal(name, 'demo.xlsx');
    const { changed, out } = byOpenpyxl(bytes, `
sheet = book.worksheets[1]
print(sheet['A1'].value)
for row in sheet.iter_rows():
    texts = [cell.value for cell in row]
    if '编号' in texts or 'Code' in texts:
        headings = texts
    if 'K09' in texts:
        for cell, heading in zip(row, headings):
            if heading in ('进度（%）', 'Progress (%)'): cell.value = 77`);
    assert.match(out, lang === 'zh' ? /演示/ : /Demonstration|演示/);
    await p.drop(page, 'list.xlsx', changed);
    await p.waitForNode(page, 'row', /^K09 /);
    await p.waitForNode(page, 'listitem', /./, (node) => node.value === '50 → 77');
    await p.clickNode(page, 'button', p.t(lang, 'import.confirm').replace('{0}', '1'));
    await signed(page);
    await p.waitForNode(page, 'status', /77/);
    // And once more, without another change.
    const again = await saved(page, lang, p.t(lang, 'export.xlsx'));
    await p.drop(page, 'list.xlsx', again.bytes);
    await p.waitFor(page, (nodes) => nodes.some((n) => n.name === p.t(lang, 'import.no-change')),
      'nothing to change');
    assert.deepEqual(page.faults, []);
    await p.close(page);
  });
}

test('a file of LibreOffice shows what it would change, and bad cells by address', async () => {
  const page = await p.openPage({ lang: 'zh', programme: 'demo' });
  await p.drop(page, 'libreoffice.xlsx', readFileSync(path.join(p.root, 'tests/data/libreoffice.xlsx')));
  await p.waitForNode(page, 'dialog', '导入 libreoffice.xlsx');
  await p.waitForNode(page, 'status', /^(新增|更改|未接受) \d+$/);
  await page.keyboard.press('Escape');
  await p.waitFor(page, (nodes) => !nodes.some((n) => n.role === 'dialog'), 'no dialog');
  await p.drop(page, '坏.csv', Buffer.from('编号,期限\nK09,2024-02-31\n', 'utf8'));
  await p.waitForNode(page, 'alert', /^坏!B2/);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('a broken spreadsheet leaves the board', async () => {
  const page = await p.openPage({ lang: 'en', programme: 'demo' });
  await p.drop(page, 'broken.xlsx', Buffer.from('PK\u0003\u0004 nonsense'));
  await p.waitForNode(page, 'dialog', /broken\.xlsx/);
  assert.ok((await p.describe(page)).some((n) => /no \.xlsx or \.csv file in order/.test(n.name)));
  await page.keyboard.press('Escape');
  await p.waitFor(page, (nodes) => nodes.some((n) => n.value === '30'), 'the board');
  await p.close(page);
});

test('a large table is read beside the page, and can be given up', async () => {
  const page = await p.openPage({ lang: 'en', programme: 'demo' });
  const rows = Array.from({ length: 190_000 }, (_, i) => `X${i},标题 ${i},说明 ${i},2024-05-01,${i % 100}`);
  const table = `编号,标题,摘要,期限,进度\n${rows.join('\n')}\n`;
  const name = p.t('en', 'busy.reading').replace('{0}', 'large.csv');
  const seen = p.sighted(page, { role: 'status', name });
  await p.drop(page, 'large.csv', Buffer.from(table, 'utf8'));
  const cancel = (await seen).find((n) => n.name === p.t('en', 'form.cancel'));
  await page.mouse.click(cancel.x + cancel.width / 2, cancel.y + cancel.height / 2);
  const status = p.t('en', 'open.cancelled').replace('{0}', 'large.csv');
  await p.waitForNode(page, 'status', status);
  await page.waitForTimeout(1500);
  assert.equal(await p.find(page, 'dialog'), undefined, 'it was read nevertheless');
  // The next one is read.
  await p.drop(page, 'small.csv', Buffer.from('编号,进度\nK09,60\n', 'utf8'));
  await p.waitForNode(page, 'row', /^K09 /);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('a table that changes thousands of items is entered while the page goes on, and in both windows', async () => {
  const programme = p.programme('demo');
  const [item] = programme.items;
  programme.id = 'large';
  programme.title = { zh: '大看板', en: 'A large one' };
  programme.items = Array.from({ length: 20000 }, (_, i) =>
    ({ code: `L${i}`, title: { zh: `事项 ${i}` }, area: item.area, status: 'under-way', progress: 10 }));
  const board = Buffer.from(JSON.stringify(programme), 'utf8');
  const rows = programme.items.map(({ code }) => `${code},20`);
  const table = Buffer.from(`编号,进度\n${rows.join('\n')}\n`, 'utf8');
  const t = (key, value) => p.t('en', key).replace('{0}', value);
  const loaded = (page, count) => p.waitForNode(page, 'status', t('merge.loaded', count));

  const page = await p.openPage({ lang: 'en', hash: 'items' });
  await p.drop(page, 'large.json', board);
  await p.waitForNode(page, 'heading', 'A large one');
  await p.drop(page, 'list.csv', table);
  const seen = p.sighted(page, { role: 'status', name: t('edit.entering', 20000) });
  const confirm = t('import.confirm', 20000);
  await p.waitForNode(page, 'button', confirm, (node) => !node.disabled);
  await p.clickNode(page, 'button', confirm);
  await signed(page);
  const cancel = (await seen).find((n) => n.name === p.t('en', 'form.cancel'));
  await page.mouse.click(cancel.x + cancel.width / 2, cancel.y + cancel.height / 2);
  await p.waitForNode(page, 'status', p.t('en', 'edit.given-up'));
  await p.idle(page);
  assert.match((await p.find(page, 'row', /^L0 /)).name, /^L0 /);
  assert.equal(await p.find(page, 'button', p.t('en', 'undo')), undefined, 'nothing was entered');

  await p.drop(page, 'list.csv', table);
  await p.waitForNode(page, 'button', confirm, (node) => !node.disabled);
  await p.clickNode(page, 'button', confirm);
  await p.waitForNode(page, 'status', /^Entered in the ledger: L0 .*10 → 20 and 19999 more$/);
  await page.evaluate(() => window.tongcheng.kept());

  // Another window finds it, and gets what comes after it, which takes as long.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.waitForFunction(() => window.tongcheng !== undefined);
  await other.evaluate(() => window.tongcheng.ready);
  await p.drop(other, 'large.json', board);
  await p.waitForNode(other, 'heading', 'A large one');
  await loaded(other, 1);
  await page.bringToFront();
  await p.clickNode(page, 'button', p.t('en', 'undo'));
  await p.waitForNode(page, 'status', /^Undone: L0 .*20 → 10 and 19999 more$/);
  await other.bringToFront();
  await other.evaluate(() => { window.location.hash = '#history'; });
  await p.waitFor(other, (nodes) => nodes.filter((n) => n.role === 'row').length === 2, 'both entries');
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('of two tables the second one is read, and an export goes on', async () => {
  const page = await p.openPage({ lang: 'en', programme: 'demo' });
  // Workers that begin only when the page says so.
  await page.route('**/lazy/worker.js', async (route) => {
    const answer = await route.fetch();
    const body = await answer.text();
    await route.fulfill({ response: answer, body: `${body}
      const work = self.onmessage;
      let task = null;
      self.onmessage = (event) => { task = event; };
      new BroadcastChannel('begin').onmessage = ({ data }) => {
        if (task?.data.action === data) work(task);
      };` });
  });
  const reading = (name) => p.t('en', 'busy.reading').replace('{0}', name);
  const writing = p.t('en', 'busy.writing').replace('{0}', 'demo.xlsx');
  const saved = [];
  page.on('download', (download) => saved.push(download.suggestedFilename()));
  const begin = (action) => page.evaluate((name) => new BroadcastChannel('begin').postMessage(name), action);

  await p.clickNode(page, 'button', p.t('en', 'open.menu'));
  await p.clickNode(page, 'button', p.t('en', 'export.xlsx'));
  await p.waitForNode(page, 'status', writing);
  await p.drop(page, 'one.csv', Buffer.from('编号,进度\nK08,60\n', 'utf8'));
  await p.waitForNode(page, 'status', reading('one.csv'));
  await p.drop(page, 'two.csv', Buffer.from('编号,进度\nK09,60\n', 'utf8'));
  await p.waitForNode(page, 'status', reading('two.csv'));
  await p.clickNode(page, 'link', p.t('en', 'form.cancel'));
  await p.waitForNode(page, 'status', p.t('en', 'open.cancelled').replace('{0}', 'two.csv'));
  // What goes on is said again.
  await p.waitForNode(page, 'status', writing);
  await p.drop(page, 'three.csv', Buffer.from('编号,进度\nK09,60\n', 'utf8'));
  await p.waitForNode(page, 'status', reading('three.csv'));
  await begin('read');
  await p.waitForNode(page, 'row', /^K09 /);
  assert.deepEqual(saved, []);
  await begin('write');
  while (saved.length === 0) await page.waitForTimeout(20);
  assert.deepEqual(saved, ['demo.xlsx']);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('without workers tables are read and written in the page', async () => {
  const page = await p.openPage({
    lang: 'en', programme: 'demo', prepare: (it) => it.addInitScript(() => { delete window.Worker; }),
  });
  const { bytes } = await saved(page, 'en', p.t('en', 'export.xlsx'));
  await p.drop(page, 'list.xlsx', bytes);
  await p.waitFor(page, (nodes) => nodes.some((n) => n.name === p.t('en', 'import.no-change')),
    'nothing to change');
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

async function paste(page, text) {
  await page.evaluate((cells) => {
    const data = new DataTransfer();
    data.setData('text/plain', cells);
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, text);
}

const noDialog = (page) =>
  p.waitFor(page, (nodes) => !nodes.some((n) => n.role === 'dialog'), 'no dialog');

/** Chooses from a list that drops down, scrolling to what isn't in sight. */
async function choose(page, list, option) {
  await p.clickNode(page, 'button', list);
  for (let turn = 0; turn < 60; ++turn) {
    const options = await p.findAll(page, 'option');
    const wanted = options.find((n) => n.name === option && n.height > 20);
    if (wanted) break;
    const middle = options[Math.floor(options.length / 2)];
    await page.mouse.move(middle.x + middle.width / 2, middle.y + middle.height / 2);
    await page.mouse.wheel(0, turn < 30 ? 60 : -60);
    await p.idle(page);
  }
  await p.clickNode(page, 'option', option);
}

const confirm = (page, lang, rows) =>
  p.clickNode(page, 'button', p.t(lang, 'import.confirm').replace('{0}', String(rows)));

test('pasted cells become one entry that is undone as a whole', async () => {
  const page = await p.openPage({ lang: 'zh', programme: 'demo', hash: 'items', height: 1000 });
  const row = (code) => p.find(page, 'row', new RegExp(`^${code} `));
  const before = { K09: (await row('K09')).value, K10: (await row('K10')).value };
  assert.doesNotMatch(before.K09, /已完成/);
  await paste(page, 'K09\t"示范\n工程"\t已完成\r\nK10\t\t受阻\r\n');
  await p.waitForNode(page, 'row', /^K09 /);
  await p.waitForNode(page, 'listitem', /状态/, (node) => /→ 已完成/.test(node.value));
  await confirm(page, 'zh', 2);
  await signed(page);
  await noDialog(page);
  await p.waitForNode(page, 'row', /^K09 示范\n工程/, (node) => /已完成/.test(node.value));
  assert.match((await row('K10')).value, /受阻/);
  await page.keyboard.press('Control+z');
  await p.waitForNode(page, 'row', /^K09 /, (node) => node.value === before.K09);
  assert.equal((await row('K10')).value, before.K10);
  await page.keyboard.press('Control+y');
  await p.waitForNode(page, 'row', /^K10 /, (node) => /受阻/.test(node.value));
  // One entry for both rows, and one each for taking it back and doing it again.
  await page.evaluate(() => { window.location.hash = '#history'; });
  const rows = await p.waitFor(page, (nodes) => {
    const list = nodes.filter((n) => n.role === 'row');
    return list.length === 3 ? list : null;
  }, 'three entries');
  assert.ok(rows.every((entry) => /王五/.test(entry.value)), JSON.stringify(rows));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('a column pasted over the table begins at the cell under the mouse', async () => {
  const page = await p.openPage({ lang: 'en', programme: 'demo', hash: 'items', height: 1000 });
  const header = await p.find(page, 'columnheader', p.t('en', 'column.progress'));
  const row = await p.find(page, 'row', /^K05 /);
  await page.mouse.move(header.x + header.width / 2, row.y + row.height / 2);
  await p.idle(page);
  await paste(page, '41\r\n42\r\n');
  await p.waitForNode(page, 'row', /^K05 /);
  await p.waitForNode(page, 'listitem', /Progress/, (node) => /→ 42$/.test(node.value));
  await page.keyboard.press('Escape');
  await noDialog(page);
  await paste(page, 'a word\n');
  await paste(page, 'two words');
  assert.equal(await p.find(page, 'dialog'), undefined, 'text is no table');
  await p.close(page);
});

test('columns and a sheet that nobody knows are mapped by hand', async () => {
  const page = await p.openPage({ lang: 'en', programme: 'demo', height: 1000 });
  const csv = 'Which one,How far,Remarks\nK09,81,none\nK10,82,none\n';
  await p.drop(page, 'ours.csv', Buffer.from(csv, 'utf8'));
  await p.waitForNode(page, 'dialog', 'Import ours.csv');
  await choose(page, 'Sheet ours', 'Items');
  await p.waitForNode(page, 'alert', /^ours: a column is missing/);
  await choose(page, 'Column ours!A', 'Code');
  await choose(page, 'Column ours!B', 'Progress (%)');
  await p.waitForNode(page, 'status', 'changed 2');
  await p.waitForNode(page, 'tab', 'Columns 2/3');
  await p.clickNode(page, 'tab', p.t('en', 'import.page-changes'));
  await p.waitForNode(page, 'listitem', /Progress/, (node) => node.value === '50 → 81');
  await p.clickNode(page, 'tab', 'Columns 2/3');
  await choose(page, 'Column ours!B', p.t('en', 'import.leave-out'));
  await p.waitForNode(page, 'status', 'unchanged 2');
  await choose(page, 'Column ours!B', 'Progress (%)');
  await confirm(page, 'en', 2);
  await signed(page);
  await noDialog(page);
  await page.evaluate(() => { window.location.hash = '#history'; });
  const entry = await p.waitForNode(page, 'row', /K09|K10/);
  assert.match(entry.value, /王五/);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('CSV that the page writes holds no formulas, and comes back as it was', async () => {
  const page = await p.openPage({ lang: 'zh', programme: 'demo', hash: 'items', height: 1000 });
  const titles = ['=1+1', '+86 139 0000 0000', '-3+4', '@SUM(A1)', '=HYPERLINK("http://a.example","x")'];
  const quoted = titles.map((title) => `,"${title.replaceAll('"', '""')}"`);
  await p.drop(page, '新增.csv', Buffer.from(`编号,标题\n${quoted.join('\n')}\n`, 'utf8'));
  await p.waitForNode(page, 'status', '新增 5');
  await confirm(page, 'zh', 5);
  await signed(page);
  await noDialog(page);
  const { bytes } = await saved(page, 'zh', '表格（CSV）');
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const cells = JSON.parse(execFileSync('/usr/bin/python3', ['-c',
    'import csv, io, json, sys\n'
    + 'print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode("utf-8-sig"))))))'],
  { input: bytes, encoding: 'utf8' })).flat();
  for (const title of titles) {
    assert.ok(cells.includes(`'${title}`), `${title} behind an apostrophe`);
    assert.ok(!cells.includes(title), `${title} bare`);
  }
  // But days of float below zero are numbers.
  assert.deepEqual(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-\d+$/.test(cell)), []);
  await p.drop(page, '再次.csv', bytes);
  await p.waitFor(page, (nodes) => nodes.some((n) => n.name === p.t('zh', 'import.no-change')),
    'nothing to change');
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('a list of needs goes out as CSV and comes back with a change and a new one', async () => {
  const page = await p.openPage({ lang: 'zh', programme: 'demo', hash: 'matching', width: 1600, height: 1000 });
  const { name, bytes } = await saved(page, 'zh', p.t('zh', 'matching.export-csv'), 'matching.export');
  assert.equal(name, 'demo.needs.csv');
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const lines = bytes.toString('utf8').split('\r\n');
  assert.match(lines[0], /演示数据/);
  assert.match(lines[1], /^.?需求编号,需求（中文）/);
  const [id, title] = lines[2].split(',');
  lines[2] = lines[2].replace(title, '改过的需求标题');
  lines.splice(3, 0, `,新来的需求,,,,新企业,,包头市`);
  await p.drop(page, '需求.csv', Buffer.from(lines.join('\r\n'), 'utf8'));
  await p.waitForNode(page, 'status', '新增 1');
  await p.waitForNode(page, 'status', '更改 1');
  await confirm(page, 'zh', 2);
  await signed(page);
  await noDialog(page);
  for (const wanted of ['改过的需求标题', '新来的需求']) {
    await p.clickNode(page, 'textbox', p.t('zh', 'matching.search'));
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(wanted);
    await p.waitForNode(page, 'row', new RegExp(wanted));
  }
  await page.evaluate(() => { window.location.hash = '#history'; });
  await p.idle(page);
  const rows = await p.findAll(page, 'row');
  assert.equal(rows.length, 1);
  assert.match(rows[0].name, new RegExp(`^需求 ${id} · 需求（中文）：.+ → 改过的需求标题`));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

for (const [lang, sentence] of [['zh', /另存为不带密码的 \.xlsx/], ['en', /save it as \.xlsx/]]) {
  test(`an .xls file of the old format says what to do (${lang})`, async () => {
    const page = await p.openPage({ lang, programme: 'demo' });
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]);
    for (const name of ['old.xls', 'protected.xlsx', 'WPS.et']) {
      await p.drop(page, name, compound);
      await p.waitForNode(page, 'dialog', new RegExp(name.replace('.', '\\.')));
      assert.ok((await p.describe(page)).some((n) => sentence.test(n.name)), name);
      await page.keyboard.press('Escape');
      await noDialog(page);
    }
    await p.drop(page, 'table.xls', Buffer.from('<html><table></table></html>'));
    await p.waitForNode(page, 'dialog', /table\.xls/);
    assert.ok((await p.describe(page)).some((n) => sentence.test(n.name)), 'HTML as .xls');
    await p.close(page);
  });
}
