import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

const canvasSize = (page) => page.evaluate(() => {
  const canvas = document.getElementById('canvas');
  return [canvas.width, canvas.height];
});

for (const scale of [1, 1.25, 1.5, 2, 3]) {
  test(`every pixel of the screen is a pixel of the canvas at ${scale}`, async () => {
    const page = await p.openPage({ scale, width: 1000, height: 700 });
    assert.deepEqual(await canvasSize(page), [1000 * scale, 700 * scale]);
    // Glyphs arrive as they were made, not resampled.
    const { title } = p.programme();
    const heading = await p.find(page, 'heading', title.zh);
    await p.assertText(page, title.zh.slice(0, 8), { ...heading, size: 16, weight: 700, scale });
    await p.close(page);
  });
}

test('follows the size of the window and the zoom of the page', async () => {
  const page = await p.openPage();
  const session = await page.context().newCDPSession(page);
  for (const [width, height, scale] of [[900, 600, 1], [900, 600, 2], [1200, 800, 1.5]]) {
    await session.send('Emulation.setDeviceMetricsOverride',
      { width, height, deviceScaleFactor: scale, mobile: false });
    await page.mouse.move(scale, 5);
    await page.waitForFunction(([w, h]) => {
      const canvas = document.getElementById('canvas');
      return canvas.width === w && canvas.height === h;
    }, [width * scale, height * scale]);
    const nodes = await p.describe(page);
    const right = Math.max(...nodes.map((n) => n.x + n.width));
    assert.ok(right > width - 40 && right <= width, `${right} of ${width}`);
    const rail = nodes.find((n) => n.role === 'navigation');
    assert.ok(Math.abs(rail.height - height) < 1);
  }
  await p.close(page);
});

test('comes back when the graphics card is reset', async () => {
  const page = await p.openPage({ hash: 'items' });
  const before = await page.screenshot();
  const lose = () => page.evaluate(() => {
    const context = document.getElementById('canvas').getContext('webgl2');
    window.lost ??= context.getExtension('WEBGL_lose_context');
    window.lost.loseContext();
  });
  const restore = async () => {
    await page.evaluate(() => new Promise((resolve) => {
      document.getElementById('canvas').addEventListener('webglcontextrestored', resolve, { once: true });
      window.lost.restoreContext();
    }));
    await p.idle(page);
  };
  await lose();
  await page.mouse.move(400, 400); // frames go on meanwhile
  await p.idle(page);
  await page.mouse.move(0, 0);
  await p.idle(page);
  await restore();
  assert.ok((await page.screenshot()).equals(before));
  await lose();
  await restore();
  assert.ok((await page.screenshot()).equals(before));
  await p.clickNode(page, 'tab', p.t('zh', 'language.en'));
  assert.ok(await p.find(page, 'tab', p.t('en', 'items.title')));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('a crash is said in both languages', async () => {
  const page = await p.openPage();
  const tab = await p.find(page, 'tab', p.t('zh', 'items.title'));
  await page.evaluate(() => {
    // Sorting the list then fails in the middle of a frame, as if the program had trapped there.
    Intl.Collator = function Collator() { throw new Error('no collator'); };
  });
  await page.mouse.click(tab.x + 10, tab.y + 10);
  const section = page.locator('[data-problem="crash"]');
  await section.waitFor({ state: 'visible' });
  const text = await section.innerText();
  assert.match(text, /[\u4e00-\u9fff]{4}/);
  assert.match(text, /[A-Za-z]{4}/);
  await p.close(page);
});
