import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

const search = (lang) => p.t(lang, 'items.search');
const rows = (page) => p.findAll(page, 'row');

async function openItems(options = {}) {
  const lang = options.lang ?? 'zh';
  const page = await p.openPage({ hash: 'items', ...options, lang });
  await p.clickNode(page, 'textbox', search(lang));
  return page;
}

const typed = (page, lang, value) =>
  p.waitForNode(page, 'textbox', search(lang), (n) => (n.value ?? '') === value);

test('filters while typing', async () => {
  const page = await openItems({ lang: 'en' });
  const word = 'graduate';
  const all = (await rows(page)).length;
  await page.keyboard.type(word);
  await typed(page, 'en', word);
  const some = await rows(page);
  assert.ok(some.length > 0 && some.length < all, `${some.length} of ${all}`);
  await page.keyboard.press('Backspace');
  await typed(page, 'en', word.slice(0, -1));
  await page.keyboard.press('Escape');
  await p.close(page);
});

test('takes Chinese from an input method', async () => {
  const page = await openItems();
  const before = (await rows(page)).length;
  const session = await page.context().newCDPSession(page);
  for (const step of ['r', 're', "ren'c", 'ren cai']) {
    await session.send('Input.imeSetComposition', {
      text: step, selectionStart: step.length, selectionEnd: step.length,
    });
  }
  await p.idle(page);
  // The unfinished text stands at the caret and filters nothing yet.
  const field = await p.find(page, 'textbox', search('zh'));
  const composing = await page.evaluate(() => {
    const input = document.getElementById('input');
    const { x, y, width, height } = input.getBoundingClientRect();
    return { value: input.value, opacity: getComputedStyle(input).opacity, x, y, width, height };
  });
  assert.equal(composing.value, 'ren cai');
  assert.equal(composing.opacity, '1');
  assert.ok(composing.width > 20);
  assert.ok(composing.x >= field.x && composing.x < field.x + field.width);
  assert.ok(composing.y >= field.y && composing.y + composing.height <= field.y + field.height);
  assert.equal(field.value ?? '', '');
  assert.equal((await rows(page)).length, before);

  await session.send('Input.insertText', { text: '人才' });
  await typed(page, 'zh', '人才');
  assert.ok((await rows(page)).length < before);
  assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById('input')).opacity), '0');

  await p.compose(page, ['z', 'zhe'], '这'); // straight on
  await typed(page, 'zh', '人才这');
  await page.keyboard.type('a1');
  await typed(page, 'zh', '人才这a1');
  await p.close(page);
});

test('a composition that is given up leaves nothing behind', async () => {
  const page = await openItems();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'he', selectionStart: 2, selectionEnd: 2 });
  await session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  await typed(page, 'zh', '');
  await page.keyboard.type('x');
  await typed(page, 'zh', 'x');
  await p.close(page);
});

test('takes characters beyond the first plane', async () => {
  const page = await openItems();
  await page.keyboard.insertText('𠮷龘㙍');
  await typed(page, 'zh', '𠮷龘㙍');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await typed(page, 'zh', '𠮷');
  await page.keyboard.press('Backspace');
  await typed(page, 'zh', '');
  await p.close(page);
});

test('copies, cuts and pastes', async () => {
  const page = await openItems({ permissions: ['clipboard-read', 'clipboard-write'] });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.insertText('同城 twin');
  await typed(page, 'zh', '同城 twin');
  await page.keyboard.press('Control+A');
  await p.idle(page);
  await page.keyboard.press('Control+C');
  await p.idle(page);
  await assert.doesNotReject(page.waitForFunction(
    async () => await navigator.clipboard.readText() === '同城 twin', null, { timeout: 3000 }));
  await page.keyboard.press('End');
  await page.keyboard.press('Control+V');
  await typed(page, 'zh', '同城 twin同城 twin');
  await page.keyboard.press('Control+A');
  await p.idle(page);
  await page.keyboard.press('Control+X');
  await typed(page, 'zh', '');
  assert.equal(await clipboard(), '同城 twin同城 twin');
  await page.evaluate(() => navigator.clipboard.writeText('来自别处'));
  await page.keyboard.press('Control+V');
  await typed(page, 'zh', '来自别处');
  await page.keyboard.press('Control+Z');
  await typed(page, 'zh', '');
  await p.close(page);
});

test('can be used by keyboard alone', async () => {
  const page = await p.openPage({ hash: 'overview' });
  const focused = () => p.waitFor(page, (nodes) => nodes.find((n) => n.focused), 'a focused node');
  const wanted = p.t('zh', 'items.title');
  for (let i = 0; i < 20; ++i) {
    await page.keyboard.press('Tab');
    await p.idle(page);
    const now = (await p.describe(page)).find((n) => n.focused);
    if (now?.role === 'tab' && now.name === wanted) break;
  }
  assert.equal((await focused()).name, wanted);
  await page.keyboard.press('Enter');
  await p.waitForNode(page, 'tab', wanted, (n) => n.selected);
  await page.keyboard.press('/');
  await p.waitForNode(page, 'textbox', search('zh'), (n) => n.focused && !n.value);
  await page.keyboard.press('ArrowDown');
  await p.waitForNode(page, 'region', p.t('zh', 'item.details'));
  const first = (await p.findAll(page, 'row')).find((n) => n.selected);
  await page.keyboard.press('ArrowDown');
  await p.waitFor(page, (nodes) =>
    nodes.find((n) => n.role === 'row' && n.selected && n.name !== first.name), 'the next row');
  await p.close(page);
});

test("leaves the browser's own keys alone", async () => {
  const page = await p.openPage({ hash: 'items' });
  const taken = (init) => page.evaluate((options) =>
    !document.getElementById('canvas').dispatchEvent(
      new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...options })), init);
  for (const init of [
    { key: 'F5', code: 'F5' }, { key: 'F11', code: 'F11' }, { key: 'F12', code: 'F12' },
    { key: 'r', code: 'KeyR', ctrlKey: true }, { key: 't', code: 'KeyT', ctrlKey: true },
    { key: 'l', code: 'KeyL', ctrlKey: true }, { key: '-', code: 'Minus', ctrlKey: true },
    { key: '=', code: 'Equal', ctrlKey: true }, { key: '0', code: 'Digit0', ctrlKey: true },
    { key: 'Tab', code: 'Tab', ctrlKey: true }, { key: 'ArrowLeft', code: 'ArrowLeft', altKey: true },
    { key: 'v', code: 'KeyV', ctrlKey: true }, { key: 'c', code: 'KeyC', ctrlKey: true },
  ]) assert.equal(await taken(init), false, JSON.stringify(init));
  for (const init of [
    { key: 'Tab', code: 'Tab' }, { key: ' ', code: 'Space' }, { key: 'ArrowDown', code: 'ArrowDown' },
    { key: 'PageDown', code: 'PageDown' }, { key: 'a', code: 'KeyA', ctrlKey: true },
    { key: 'f', code: 'KeyF', ctrlKey: true },
  ]) assert.equal(await taken(init), true, JSON.stringify(init));
  await p.close(page);
});

test('leaves the zoom of the page to the browser', async () => {
  const page = await p.openPage({ hash: 'items' });
  const taken = (init) => page.evaluate((options) =>
    !document.getElementById('canvas').dispatchEvent(
      new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: 100, ...options })), init);
  assert.equal(await taken({}), true);
  assert.equal(await taken({ ctrlKey: true }), false);
  await p.close(page);
});

test('zooms the roadmap, not the page, where the pointer is over its bars', async () => {
  const page = await p.openPage({ hash: 'roadmap', programme: 'demo' });
  await page.mouse.move(1000, 450);
  await p.idle(page);
  const names = async () => (await p.findAll(page, 'row')).map((row) => row.name);
  const before = await names();
  const picture = await page.screenshot();
  const taken = await page.evaluate(() => !document.getElementById('canvas').dispatchEvent(
    new WheelEvent('wheel', { bubbles: true, cancelable: true, ctrlKey: true, deltaY: -300 })));
  assert.equal(taken, true);
  await p.idle(page);
  assert.deepEqual(await names(), before, 'the rows did not scroll');
  assert.ok(!picture.equals(await page.screenshot()), 'the chart shows less time, larger');
  await p.close(page);
});

test('scrolls with the wheel', async () => {
  const page = await p.openPage({ hash: 'items', height: 500 });
  const before = await rows(page);
  const { x, y } = before[3];
  await page.mouse.move(x + 50, y + 10);
  await page.mouse.wheel(0, 300);
  await p.waitFor(page, (nodes) => nodes.find((n) => n.role === 'row')?.name !== before[0].name, 'other rows');
  await p.close(page);
});

test('shows a hand over what can be clicked, and forgets the pointer when it leaves', async () => {
  const page = await p.openPage();
  const cursor = () => page.evaluate(() => document.getElementById('canvas').style.cursor);
  const tab = await p.find(page, 'tab', p.t('zh', 'items.title'));
  await page.mouse.move(tab.x + 10, tab.y + 10);
  await p.idle(page);
  assert.equal(await cursor(), 'pointer');
  await page.dispatchEvent('#canvas', 'pointerleave', { pointerType: 'mouse' });
  await p.idle(page);
  assert.equal(await cursor(), 'default');
  await p.close(page);
});

test('scrolls by touch', async () => {
  const page = await p.openPage({ hash: 'items', height: 500, hasTouch: true });
  const before = await rows(page);
  const { x, y } = before[before.length - 2];
  const session = await page.context().newCDPSession(page);
  const send = (type, dy) => session.send('Input.dispatchTouchEvent', {
    type, touchPoints: type === 'touchEnd' ? [] : [{ x: x + 60, y: y + dy }],
  });
  await send('touchStart', 0);
  for (let dy = -20; dy >= -160; dy -= 20) {
    await send('touchMove', dy);
    await p.idle(page);
  }
  await new Promise((resolve) => { setTimeout(resolve, 100); }); // a finger that rests throws nothing
  await send('touchEnd');
  const after = await p.waitFor(page, (nodes) => {
    const now = nodes.filter((n) => n.role === 'row');
    return now[0].name !== before[0].name && now;
  }, 'other rows');
  // The list follows the finger, and nothing was chosen by the way.
  const same = after.find((n) => n.name === before[5].name);
  if (same) assert.ok(Math.abs(before[5].y - same.y - 160) < 30, `${before[5].y} to ${same.y}`);
  assert.equal(after.some((n) => n.selected), false);
  await p.close(page);
});

/** Sends touches; `points` are [x, y]. */
async function toucher(page) {
  const session = await page.context().newCDPSession(page);
  return (type, ...points) => session.send('Input.dispatchTouchEvent', {
    type, touchPoints: points.map(([x, y], id) => ({ x, y, id })),
  });
}

test('what a quick finger has scrolled glides on, unless motion is not wanted', async () => {
  const glided = async (reducedMotion) => {
    const page = await p.openPage({
      hash: 'items', programme: 'demo', height: 600, hasTouch: true, reducedMotion,
    });
    const touch = await toucher(page);
    await touch('touchStart', [400, 500]);
    for (let y = 480; y >= 400; y -= 20) await touch('touchMove', [400, y]);
    await touch('touchEnd');
    const [atOnce] = await rows(page);
    await page.waitForFunction(() => window.tongcheng.gliding === false);
    await p.idle(page);
    const [later] = await rows(page);
    await p.close(page);
    return atOnce.name !== later.name || atOnce.y !== later.y;
  };
  assert.equal(await glided('no-preference'), true);
  assert.equal(await glided('reduce'), false);
});

test('two fingers zoom the roadmap and the network, one moves the network', async () => {
  const page = await p.openPage({ hash: 'roadmap', programme: 'demo', hasTouch: true });
  const touch = await toucher(page);
  const widest = async () => Math.max(...(await p.findAll(page, 'img'))
    .filter((node) => node.height < 40).map((node) => node.width));
  const before = await widest();
  await touch('touchStart', [900, 400]);
  await touch('touchStart', [900, 400], [980, 400]);
  for (let by = 10; by <= 60; by += 10) {
    await touch('touchMove', [900 - by, 400], [980 + by, 400]);
    await p.idle(page);
  }
  await touch('touchEnd');
  assert.ok(await widest() > 1.5 * before, `${before} to ${await widest()}`);

  await p.clickNode(page, 'tab', p.t('zh', 'network.title'));
  await p.idle(page);
  const members = new Set(p.programme('demo').members.map((member) => member.name.zh));
  const shapes = async () => (await p.findAll(page, 'button')).filter((node) => members.has(node.name));
  const shown = await shapes();
  await touch('touchStart', [500, 700]);
  for (let by = 10; by <= 60; by += 10) {
    await touch('touchMove', [500 + by, 700]);
    await p.idle(page);
  }
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  await touch('touchEnd');
  const now = new Map((await shapes()).map((node) => [node.name, node]));
  const both = shown.filter((node) => now.has(node.name));
  assert.ok(both.length > 3);
  // Those at the edge are shown in part.
  const moved = both.map((node) => now.get(node.name).x - node.x).sort((a, b) => a - b);
  const middle = moved[Math.floor(moved.length / 2)];
  assert.ok(Math.abs(middle - 60) < 16, `${middle}`);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('works by touch', async () => {
  const page = await p.openPage({ hasTouch: true });
  const tab = await p.find(page, 'tab', p.t('zh', 'items.title'));
  await page.touchscreen.tap(tab.x + tab.width / 2, tab.y + tab.height / 2);
  await p.waitForNode(page, 'tab', p.t('zh', 'items.title'), (n) => n.selected);
  const field = await p.find(page, 'textbox', search('zh'));
  await page.touchscreen.tap(field.x + field.width / 2, field.y + field.height / 2);
  // A screen keyboard needs the focus within the tap.
  assert.equal(await page.evaluate(() => document.activeElement.id), 'input');
  await p.close(page);
});
