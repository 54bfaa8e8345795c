import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const frames = (page) => page.evaluate(() => window.tongcheng.frames);

for (const view of ['overview', 'items']) {
  test(`draws nothing while nothing happens (${view})`, async () => {
    const page = await p.openPage({ hash: view });
    await page.mouse.move(700, 400);
    await p.idle(page);
    await sleep(1000);
    const before = await frames(page);
    await sleep(5000);
    assert.equal(await frames(page) - before, 0);
    await p.close(page);
  });
}

test('draws nothing while a text field waits for input', async () => {
  const page = await p.openPage({ hash: 'items' });
  await p.clickNode(page, 'textbox', p.t('zh', 'items.search'));
  await sleep(1000);
  const before = await frames(page);
  await sleep(3000);
  assert.equal(await frames(page) - before, 0);
  await p.close(page);
});

test('does not draw a picture again that is already there', async () => {
  const page = await p.openPage({
    prepare: (it) => it.addInitScript(() => {
      window.draws = 0;
      const original = WebGL2RenderingContext.prototype.clear;
      WebGL2RenderingContext.prototype.clear = function clear(mask) {
        window.draws += 1;
        original.call(this, mask);
      };
    }),
  });
  await page.mouse.move(600, 30); // nothing reacts there
  await p.idle(page);
  const before = await page.evaluate(() => [window.tongcheng.frames, window.draws]);
  await page.mouse.move(605, 32);
  await p.idle(page);
  const later = await page.evaluate(() => [window.tongcheng.frames, window.draws]);
  assert.ok(later[0] > before[0]);
  assert.equal(later[1], before[1]);
  await p.close(page);
});

test('a tooltip comes although the pointer rests', async () => {
  const page = await p.openPage();
  const button = await p.find(page, 'button', p.t('zh', 'theme.to-dark'));
  const below = { x: button.x - 200, y: button.y + button.height + 2, width: 230, height: 100 };
  await page.mouse.move(button.x - 30, button.y + 60);
  await p.idle(page);
  const early = await page.screenshot({ clip: below });
  await page.mouse.move(button.x + button.width / 2, button.y + button.height / 2);
  await sleep(1200);
  assert.equal((await page.screenshot({ clip: below })).equals(early), false);
  const before = await frames(page);
  await sleep(1500);
  assert.equal(await frames(page) - before, 0, 'then it is still');
  await p.close(page);
});
