// The command palette with real pinyin, and the tour of a first visit.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

test('Ctrl+K finds by initials of pinyin, by code and in English', async () => {
  const page = await p.openPage({ programme: 'demo' });
  const first = (name) => p.waitFor(page, (nodes) =>
    nodes.find((node) => node.role === 'option')?.name.startsWith(name), `${name} first`);
  await page.keyboard.press('Control+KeyK');
  await p.waitForNode(page, 'dialog', p.t('zh', 'palette.title'));
  await page.keyboard.insertText('lxt');
  await first(p.t('zh', 'roadmap.title'));
  for (let i = 0; i < 3; ++i) await page.keyboard.press('Backspace');
  await page.keyboard.insertText('k07');
  await first('K07');
  await page.keyboard.press('Enter');
  await p.waitForNode(page, 'row', /^K07/, (node) => node.selected);
  await page.keyboard.press('Control+KeyK');
  await page.keyboard.insertText('poli');
  await first(p.t('zh', 'policies.title'));
  await page.keyboard.press('Escape');
  assert.equal(await p.find(page, 'dialog'), undefined);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('a first visit is shown around once', async () => {
  const page = await p.openPage({ tour: true });
  await p.waitForNode(page, 'dialog', p.t('zh', 'tour.pages-title'));
  await p.clickNode(page, 'button', p.t('zh', 'tour.next'));
  await p.waitForNode(page, 'dialog', p.t('zh', 'tour.board-title'));
  await page.keyboard.press('Escape');
  assert.equal(await p.find(page, 'dialog'), undefined);
  await page.reload();
  await page.evaluate(() => window.tongcheng.ready);
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some((it) => it.name.endsWith('/tongcheng-later.wasm')));
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  assert.equal(await p.find(page, 'dialog'), undefined);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});
