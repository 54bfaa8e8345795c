// Writing in the ledger: typed with an input method, kept in the browser, shared by two windows,
// and still there after a window was killed.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

const t = (key) => p.t('zh', key);
const fill = (text, ...values) => values.reduce((all, value, i) => all.replace(`{${i}}`, value), text);

async function openItem(page, code) {
  await p.clickNode(page, 'row', new RegExp(`^${code}`));
  await p.clickNode(page, 'button', t('edit'));
  await p.waitForNode(page, 'dialog', fill(t('form.edit'), code));
}

async function retype(page, field, text) {
  await p.clickNode(page, 'textbox', field);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await p.idle(page);
}

async function identify(page, name) {
  await p.waitForNode(page, 'dialog', t('identity.title'));
  await p.compose(page, ['w', 'wang', 'wang fang'], name);
  await p.clickNode(page, 'button', t('identity.confirm'));
}

const entries = async (page) => {
  await page.evaluate(() => { window.location.hash = '#history'; });
  await p.idle(page);
  return p.findAll(page, 'row');
};

async function open(context) {
  const page = await context.newPage();
  const url = new URL(await p.siteUrl());
  url.searchParams.set('programme', 'demo');
  url.searchParams.set('lang', 'zh');
  await page.goto(url.href);
  await page.waitForFunction(() => window.tongcheng !== undefined);
  await page.evaluate(() => window.tongcheng.kept());
  await p.idle(page);
  return page;
}

test('what is typed with an input method is entered, kept and there again', async () => {
  const page = await p.openPage({ programme: 'demo', hash: 'items', height: 1000 });
  await openItem(page, 'K09');
  await retype(page, t('form.due'), '2025-7-31');
  await p.clickNode(page, 'textbox', t('form.reason'));
  await p.compose(page, ['d', 'deng', 'deng dai kuo rong'], '等待扩容');
  const reason = await p.find(page, 'textbox', t('form.reason'));
  assert.equal(reason.value, '等待扩容');
  await p.clickNode(page, 'button', t('form.save'));
  await identify(page, '王芳');
  await p.waitForNode(page, 'status', /已记入台账.*K09.*2025-06-30 → 2025-07-31/);
  await page.evaluate(() => window.tongcheng.kept());
  await page.reload();
  await page.waitForFunction(() => window.tongcheng !== undefined);
  await page.evaluate(() => window.tongcheng.kept());
  const rows = await entries(page);
  assert.equal(rows.length, 1);
  assert.match(rows[0].name, /^K09.*2025-06-30 → 2025-07-31$/);
  assert.match(rows[0].value, /王芳.*等待扩容/);
  // Who writes is known from then on.
  await page.evaluate(() => { window.location.hash = '#items'; });
  await p.idle(page);
  await openItem(page, 'K10');
  await retype(page, t('form.progress'), '20');
  await p.clickNode(page, 'button', t('form.save'));
  await p.waitForNode(page, 'status', /K10/);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('two windows on one board keep both hands\' entries', async () => {
  const first = await p.openPage({ programme: 'demo', hash: 'items', height: 1000 });
  const second = await open(first.context());
  await second.evaluate(() => { window.location.hash = '#items'; });
  await second.setViewportSize({ width: 1440, height: 1000 });
  for (const [page, code] of [[first, 'K09'], [second, 'K10'], [first, 'K12']]) {
    await page.bringToFront();
    await openItem(page, code);
    await retype(page, t('form.progress'), '44');
    await p.clickNode(page, 'button', t('form.save'));
    if (page === second || code === 'K09') {
      await p.idle(page);
      if (await p.find(page, 'dialog', t('identity.title'))) await identify(page, '王芳');
    }
    await p.waitForNode(page, 'status', new RegExp(`已记入台账.*${code}`));
    await page.evaluate(() => window.tongcheng.kept());
  }
  for (const page of [first, second]) {
    await page.bringToFront();
    await entries(page);
    const rows = await p.waitFor(page, (nodes) => {
      const list = nodes.filter((node) => node.role === 'row');
      return list.length === 3 ? list : null;
    }, 'three entries');
    assert.deepEqual(rows.map((row) => row.name.slice(0, 3)).sort(), ['K09', 'K10', 'K12']);
  }
  await p.close(first);
});

/** Opens the board and lets Wang Fang make the first entry, so that undo and redo make more. */
async function begin() {
  const page = await p.openPage({ programme: 'demo', hash: 'items', height: 1000 });
  await openItem(page, 'K09');
  await retype(page, t('form.progress'), '55');
  await p.clickNode(page, 'button', t('form.save'));
  await identify(page, '王芳');
  await p.waitForNode(page, 'status', /K09/);
  await page.mouse.move(5, 700);
  return page;
}

/** Makes so many entries with the keyboard, waiting only until each is on the screen. */
async function edit(page, count, undoFirst = true) {
  for (let i = 0; i < count; ++i) {
    await page.keyboard.press((i % 2 === 0) === undoFirst ? 'Control+z' : 'Control+y');
    await p.idle(page);
  }
}

async function countOf(page) {
  await entries(page);
  const count = await p.waitFor(page, (nodes) => nodes.find((node) =>
    node.role === 'status' && /条记录/.test(node.name)), 'the number of entries');
  return Number.parseInt(count.name, 10);
}

test('a window that is killed in the middle of 500 edits loses at most what was being typed', async () => {
  const page = await begin();
  const context = page.context();
  await edit(page, 249);
  const session = await context.newCDPSession(page);
  session.send('Page.crash').catch(() => {});
  await new Promise((resolve) => { page.once('crash', resolve); });
  const again = await open(context);
  const kept = await countOf(again);
  assert.ok(kept >= 249 && kept <= 250, `${kept} of 250`);
  await edit(again, 250, kept % 2 === 1);
  assert.equal(await countOf(again), kept + 250);
  await again.evaluate(() => window.tongcheng.kept());
  await again.reload();
  await again.waitForFunction(() => window.tongcheng !== undefined);
  await again.evaluate(() => window.tongcheng.kept());
  assert.equal(await countOf(again), kept + 250);
  await context.close();
});

test('a full store is told, loses nothing, and is made up for when there is room', async () => {
  const page = await begin();
  await page.evaluate(() => window.tongcheng.kept());
  // What a browser does whose disk or quota is full. Chromium's own quota can be set by a test, but
  // doesn't stop small writes.
  await page.evaluate(() => {
    const { commit } = IDBTransaction.prototype;
    IDBTransaction.prototype.commit = function fail() {
      Object.defineProperty(this, 'error', { value: new DOMException('Quota', 'QuotaExceededError') });
      this.abort();
    };
    window.makeRoom = () => { IDBTransaction.prototype.commit = commit; };
  });
  await edit(page, 3);
  await page.evaluate(() => window.tongcheng.kept());
  await p.waitForNode(page, 'alert', /^未能保存在浏览器中，请尽快导出台账文件.*Quota/);
  // The entries are there, and can be saved as a file.
  assert.equal(await countOf(page), 4);
  await p.clickNode(page, 'button', t('open.menu'));
  const [download] = await Promise.all([
    page.waitForEvent('download'), p.clickNode(page, 'button', t('export.board')),
  ]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  assert.equal(Buffer.concat(chunks).toString('utf8').trimEnd().split('\n').length, 1 + 4);
  // Another window, or a crash, would find only the first one now.
  const other = await open(page.context());
  assert.equal(await countOf(other), 1);
  await other.close();
  await page.bringToFront();
  await page.evaluate(() => { window.makeRoom(); });
  await edit(page, 1, false);
  await page.evaluate(() => window.tongcheng.kept());
  const later = await open(page.context());
  assert.equal(await countOf(later), 5);
  await p.close(page);
});

test('a board that was cleared from the browser is kept again', async () => {
  const page = await begin();
  await page.evaluate(() => window.tongcheng.kept());
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await edit(page, 1);
  await p.idle(page);
  await page.evaluate(() => window.tongcheng.kept());
  await page.evaluate(() => window.tongcheng.kept());
  const later = await open(page.context());
  assert.equal(await countOf(later), 2);
  await p.close(page);
});

test('out of memory is said in both languages, and loses nothing', async () => {
  const page = await begin();
  await page.evaluate(() => window.tongcheng.kept());
  // The browser gives memory for so many more times, and then no more.
  const limit = (times) => page.evaluate((more) => {
    window.grow ??= WebAssembly.Memory.prototype.grow;
    let left = more;
    WebAssembly.Memory.prototype.grow = function grow(pages) {
      left -= 1;
      if (left < 0) throw new RangeError('no more memory');
      return window.grow.call(this, pages);
    };
  }, times);
  const open = () => page.evaluate(() => {
    const title = 'x'.repeat(1000); // more than what is still free of the memory there is
    const items = Array.from({ length: 64_000 }, (_, i) => ({ id: `i${i}`, title }));
    window.tongcheng.openBytes('large.json', new TextEncoder().encode(JSON.stringify({ items })));
  });
  // Without room for its bytes a file isn't opened, and everything else goes on.
  await limit(0);
  await open();
  await p.waitForNode(page, 'dialog', fill(t('error.title'), 'large.json'));
  assert.match((await p.find(page, 'alert')).name, /内存不足/);
  await page.keyboard.press('Escape');
  assert.equal(await countOf(page), 1);
  await limit(1);
  await open();
  const section = page.locator('[data-problem="memory"]');
  await section.waitFor({ state: 'visible' });
  assert.match(await section.innerText(), /台账[^]*ledger/);
  await page.reload();
  await page.waitForFunction(() => window.tongcheng !== undefined);
  await page.evaluate(() => window.tongcheng.kept());
  assert.equal(await countOf(page), 1);
  await p.close(page);
});

/** Gives the browser's store the form that earlier versions of the page wrote: a line a record. */
function toFirstVersion() {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return (async () => {
    const db = await done(indexedDB.open('tongcheng'));
    const read = db.transaction(['boards', 'lines', 'sources']);
    const all = {};
    for (const name of ['boards', 'lines', 'sources']) all[name] = await done(read.objectStore(name).getAll());
    db.close();
    await done(indexedDB.deleteDatabase('tongcheng'));
    const request = indexedDB.open('tongcheng', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('boards', { keyPath: 'id' });
      const store = request.result.createObjectStore('lines', { autoIncrement: true });
      store.createIndex('line', ['board', 'id'], { unique: true });
      store.createIndex('board', 'board');
      request.result.createObjectStore('sources', { keyPath: 'digest' });
    };
    const old = await done(request);
    const write = old.transaction(['boards', 'lines', 'sources'], 'readwrite');
    let count = 0;
    for (const { board, bytes } of all.lines) {
      for (const text of new TextDecoder().decode(bytes).split('\n')) {
        if (text === '') continue;
        const id = /^\{"id":"([0-9a-f]{64})"/.exec(text)?.[1] ?? 'header';
        write.objectStore('lines').add({ board, id, text });
        ++count;
      }
    }
    for (const name of ['boards', 'sources']) {
      for (const record of all[name]) write.objectStore(name).put(record);
    }
    await new Promise((resolve) => { write.oncomplete = resolve; });
    old.close();
    return count;
  })();
}

test('what an earlier version of the page has kept is read and added to', async () => {
  const page = await begin();
  const context = page.context();
  await edit(page, 3);
  await page.evaluate(() => window.tongcheng.kept());
  const file = new URL('files.json', await p.siteUrl()).href;
  await page.goto(file);
  assert.equal(await page.evaluate(toFirstVersion), 1 + 4);
  const later = await open(context);
  assert.equal(await countOf(later), 4);
  await edit(later, 2, false);
  await later.evaluate(() => window.tongcheng.kept());
  const again = await open(context);
  assert.equal(await countOf(again), 6);
  await context.close();
});

test('a board can be opened from the list of those that are kept, and exported whole', async () => {
  const page = await p.openPage({ programme: 'demo', hash: 'items', height: 1000 });
  await openItem(page, 'K09');
  await retype(page, t('form.progress'), '55');
  await p.clickNode(page, 'button', t('form.save'));
  await identify(page, '王芳');
  await p.waitForNode(page, 'status', /K09/);
  await page.evaluate(() => window.tongcheng.kept());
  await p.clickNode(page, 'button', t('open.menu'));
  const [download] = await Promise.all([
    page.waitForEvent('download'), p.clickNode(page, 'button', t('export.board')),
  ]);
  assert.equal(download.suggestedFilename(), 'demo.tongcheng.jsonl');
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString('utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines[0].format, 'tongcheng-board');
  assert.equal(lines[1].author, '王芳');
  // Another programme, then back.
  await p.clickNode(page, 'button', t('open.menu'));
  await p.clickNode(page, 'button', t('open.hubao'));
  await p.waitForNode(page, 'heading', p.programme().title.zh);
  await p.clickNode(page, 'button', t('open.menu'));
  await p.clickNode(page, 'button', p.programme('demo').title.zh);
  await p.waitForNode(page, 'heading', p.programme('demo').title.zh);
  assert.equal((await entries(page)).length, 1);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('a board is saved in a file and goes back to it', async () => {
  // The handles are real ones, of the page's own file system; only the dialogs are missing.
  const page = await p.openPage({
    lang: 'en', programme: 'demo', hash: 'items',
    prepare: (it) => it.addInitScript(() => {
      const handle = async () =>
        (await navigator.storage.getDirectory()).getFileHandle('board.jsonl', { create: true });
      window.asked = 0;
      window.showSaveFilePicker = () => { window.asked += 1; return handle(); };
      window.showOpenFilePicker = async () => [await handle()];
    }),
  });
  await p.waitForNode(page, 'row', /^K09 /);
  const lines = () => page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const text = await (await (await folder.getFileHandle('board.jsonl')).getFile()).text();
    return text.split('\n').filter((line) => line !== '').length;
  });
  await page.keyboard.press('Control+s');
  await p.waitForNode(page, 'status', 'Saved: board.jsonl');
  const before = await lines();
  assert.ok(before >= 1);
  // Opened again, it is the file that the next save goes to, unasked.
  await p.clickNode(page, 'button', p.t('en', 'open.menu'));
  await p.clickNode(page, 'button', p.t('en', 'open.file'));
  await p.waitForNode(page, 'row', /^K09 /);
  await p.idle(page);
  await page.keyboard.press('Control+s');
  await p.waitForNode(page, 'status', 'Saved: board.jsonl');
  assert.equal(await lines(), before);
  assert.equal(await page.evaluate(() => window.asked), 1);
  // A file that is refused isn't written over by the board that stays.
  await page.evaluate(() => {
    window.showOpenFilePicker = async () => {
      const folder = await navigator.storage.getDirectory();
      const other = await folder.getFileHandle('other.jsonl', { create: true });
      const writable = await other.createWritable();
      await writable.write('{"format":"tongcheng-board","version":1,');
      await writable.close();
      return [other];
    };
  });
  await p.clickNode(page, 'button', p.t('en', 'open.menu'));
  await p.clickNode(page, 'button', p.t('en', 'open.file'));
  await p.clickNode(page, 'button', p.t('en', 'close'));
  await page.keyboard.press('Control+s');
  await p.waitForNode(page, 'status', 'Saved: board.jsonl');
  assert.equal(await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    return (await (await (await folder.getFileHandle('other.jsonl')).getFile()).text()).length;
  }), 40);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});
