// Spreadsheets in the page: saved, changed by another program, and brought back.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

async function saved(page, lang, label) {
  await p.clickNode(page, 'button', p.t(lang, 'open.menu'));
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

test('cells copied from a spreadsheet are pasted into the table', async () => {
  const page = await p.openPage({ lang: 'zh', programme: 'demo', hash: 'items' });
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'K09\t"示范\n工程"\t已完成\r\nK10\t\t\r\n');
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  });
  await p.waitForNode(page, 'row', /^K09 /);
  await p.waitForNode(page, 'listitem', /状态/, (node) => /→ 已完成/.test(node.value));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});
