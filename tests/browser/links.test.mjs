// Addresses that name a view: opened, gone back to, copied, and malformed.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

const hash = (page) => new URL(page.url()).hash;
const waitForHash = (page, wanted) =>
  page.waitForFunction((text) => window.location.hash === text, wanted, { timeout: 5000 });
const open = (address, options = {}) =>
  p.openPage({ programme: 'demo', lang: 'en', height: 1000, hash: address, ...options });

test('a link opens the page with its item and filters', async () => {
  const page = await open('items?item=K07&status=staged-result&q=industrial');
  await p.waitForNode(page, 'region', p.t('en', 'item.details'));
  const rows = await p.findAll(page, 'row');
  assert.ok(rows.length < 10, `${rows.length} rows`);
  assert.equal(rows.find(({ name }) => name.startsWith('K07')).selected, true);
  const box = await p.find(page, 'textbox', p.t('en', 'items.search'));
  assert.equal(box.value, 'industrial');
  assert.equal(hash(page), '#items?item=K07&status=staged-result&q=industrial');
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('the address follows, and back and forward lead through what was shown', async () => {
  const page = await open('overview');
  await p.clickNode(page, 'tab', p.t('en', 'items.title'));
  await waitForHash(page, '#items');
  await p.clickNode(page, 'row', /^K03/);
  await waitForHash(page, '#items?item=K03');
  await p.clickNode(page, 'textbox', p.t('en', 'items.search'));
  await page.keyboard.type('matrix');
  await waitForHash(page, '#items?item=K03&q=matrix');
  await p.clickNode(page, 'tab', p.t('en', 'roadmap.title'));
  await waitForHash(page, '#roadmap?item=K03');
  await page.goBack();
  await p.waitForNode(page, 'tab', p.t('en', 'items.title'), (n) => n.selected);
  const box = await p.find(page, 'textbox', p.t('en', 'items.search'));
  assert.equal(box.value, 'matrix', 'typing took the place of the address before');
  await page.goBack();
  await waitForHash(page, '#items');
  await p.idle(page);
  assert.equal(await p.find(page, 'region', p.t('en', 'item.details')), undefined);
  await page.goBack();
  await p.waitForNode(page, 'tab', p.t('en', 'overview.title'), (n) => n.selected);
  await page.goForward();
  await p.waitForNode(page, 'tab', p.t('en', 'items.title'), (n) => n.selected);
  await page.goForward();
  await p.waitForNode(page, 'row', /^K03/, (n) => n.selected);
  await p.close(page);
});

test('without an address the first page gets one, and nothing more', async () => {
  const page = await open('');
  await waitForHash(page, '#overview');
  assert.equal(await page.evaluate(() => window.history.length), 2); // about:blank and this one
  await p.close(page);
});

test('the link can be copied and opens the same elsewhere', async () => {
  const page = await open('items?status=staged-result&q=computing',
    { lang: 'zh', permissions: ['clipboard-read', 'clipboard-write'] });
  await p.clickNode(page, 'button', p.t('zh', 'open.menu'));
  await p.clickNode(page, 'button', p.t('zh', 'link.copy'));
  await p.waitForNode(page, 'status', p.t('zh', 'link.copied'));
  const address = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  assert.equal(address.origin, new URL(page.url()).origin);
  assert.match(address.hash, /^#items\?status=staged-result&q=computing&lang=zh/);
  await page.goto('about:blank');
  address.searchParams.set('lang', 'en'); // the link's own language wins
  await page.goto(address.href);
  await page.waitForFunction(() => window.tongcheng !== undefined);
  await page.evaluate(() => window.tongcheng.ready);
  await p.waitForNode(page, 'tab', p.t('zh', 'items.title'), (n) => n.selected);
  const box = await p.find(page, 'textbox', p.t('zh', 'items.search'));
  assert.equal(box.value, 'computing');
  await p.close(page);
});

for (const [address, title, notice] of [
  ['nowhere', 'overview.title', 'link.no-page'],
  ['nowhere?item=K07', 'items.title', 'link.no-page'],
  ['items?item=no-such-item', 'items.title', 'link.lost'],
  ['items?area=none&city=mars', 'items.title', 'link.lost'],
  ['items?q=%ff%fe', 'items.title', 'link.faulty'],
  ['%', 'overview.title', 'link.faulty'],
  ['items?status=superb&&=&?', 'items.title', 'link.faulty'],
  [`items?q=${'a'.repeat(100_000)}`, 'overview.title', 'link.faulty'],
]) {
  test(`a link that is at fault lands safely: ${address.slice(0, 40)}`, async () => {
    const page = await open(address);
    await p.waitForNode(page, 'tab', p.t('en', title), (n) => n.selected);
    await p.waitForNode(page, 'alert', p.t('en', notice));
    assert.ok(hash(page).length < 64, hash(page).slice(0, 64));
    assert.deepEqual(page.faults, []);
    // And in the running app.
    await page.evaluate((text) => { window.location.hash = text; }, `${address}x`);
    await p.idle(page);
    assert.ok(await p.find(page, 'tab', p.t('en', 'overview.title')));
    assert.deepEqual(page.faults, []);
    await p.close(page);
  });
}

test("the past comes back with the ledger's day", async () => {
  const page = await open('items');
  await p.clickNode(page, 'row', /^K09/);
  await p.clickNode(page, 'button', p.t('en', 'edit'));
  await p.clickNode(page, 'textbox', p.t('en', 'form.progress'));
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('77');
  await p.clickNode(page, 'button', p.t('en', 'form.save'));
  await p.waitForNode(page, 'dialog', p.t('en', 'identity.title'));
  await page.keyboard.insertText('Wang');
  await p.clickNode(page, 'button', p.t('en', 'identity.confirm'));
  await p.waitForNode(page, 'status', /K09/);
  await page.evaluate(() => window.tongcheng.kept());
  // Before its first entry.
  await page.evaluate(() => { window.location.hash = '#items?on=2020-01-01'; });
  await p.waitForNode(page, 'button', p.t('en', 'past.back'));
  await p.close(page);
});
