// What screen readers get: the mirror beside the canvas. Nothing here looks at the canvas or at
// positions; what is done is done by role and name.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

const AXE = readFileSync(path.join(p.root, 'web/node_modules/axe-core/axe.min.js'), 'utf8');
const fill = (text, ...values) => values.reduce((all, value, i) => all.replace(`{${i}}`, value), text);
const PAGES = ['overview', 'items', 'roadmap', 'schedule', 'network', 'policies', 'matching',
  'roadshow', 'history'];

const current = (page) => page.evaluate(() => window.tongcheng.mirrored());

async function open(options = {}) {
  const page = await p.openPage({ programme: 'demo', height: 1000, ...options });
  await current(page);
  return page;
}

/** Violations as text, one a rule and element. */
async function violations(page) {
  await current(page);
  const session = await page.context().newCDPSession(page); // past the page's own policy
  await session.send('Runtime.evaluate', { expression: AXE });
  await session.detach();
  const found = await page.evaluate(async () => (await window.axe.run(document)).violations);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} (${failureSummary})`));
}

/** Presses as a screen reader does: the element's default action. */
async function press(page, role, name, options = {}) {
  await current(page);
  await page.getByRole(role, { name, ...options }).first().dispatchEvent('click');
  await current(page);
}

async function type(page, name, text) {
  await current(page);
  // Where the app itself expects typing, the field beside the canvas has the same name.
  await page.locator('#mirror').getByRole('textbox', { name, exact: true }).fill(text);
  await current(page);
}

const visible = async (page, role, name, options = {}) => {
  await current(page);
  await page.getByRole(role, { name, ...options }).first().waitFor({ timeout: 5000 });
};

for (const lang of ['zh', 'en']) {
  for (const hash of PAGES) {
    test(`axe finds nothing on ${hash} in ${lang}`, async () => {
      const page = await open({ lang, hash });
      assert.deepEqual(await violations(page), []);
      const tree = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        landmarks: ['header', 'nav', 'main'].map((tag) => document.querySelectorAll(`#mirror ${tag}`).length),
        headings: document.querySelectorAll('#mirror h1').length,
        nodes: document.querySelectorAll('#mirror *').length,
        here: document.querySelector('#mirror nav [aria-current="page"]').textContent,
      }));
      assert.equal(tree.lang, lang === 'zh' ? 'zh-CN' : 'en');
      assert.deepEqual(tree.landmarks, [1, 1, 1]);
      assert.equal(tree.headings, 1);
      assert.ok(tree.nodes > 25, `${tree.nodes} elements`);
      assert.equal(tree.here, p.t(lang, `${hash}.title`));
      assert.deepEqual(page.faults, []);
      await p.close(page);
    });
  }

  test(`axe finds nothing with details, a form, a dialog and a menu open in ${lang}`, async () => {
    const t = (key) => p.t(lang, key);
    const page = await open({ lang, hash: 'items' });
    await press(page, 'button', t('open.menu'), { exact: true });
    await visible(page, 'button', t('link.copy'), { exact: true });
    assert.deepEqual(await violations(page), [], 'menu');
    await page.keyboard.press('Escape');
    await press(page, 'row', /^K07 /);
    await visible(page, 'button', t('edit'), { exact: true });
    assert.deepEqual(await violations(page), [], 'details');
    await press(page, 'button', t('edit'), { exact: true });
    await visible(page, 'dialog', fill(t('form.edit'), 'K07'));
    assert.deepEqual(await violations(page), [], 'form');
    await type(page, t('form.progress'), '61');
    await press(page, 'button', t('form.save'), { exact: true });
    await visible(page, 'dialog', t('identity.title'));
    assert.deepEqual(await violations(page), [], 'dialog');
    await p.close(page);
  });

  test(`a late item is found, changed and saved by role and name alone in ${lang}`, async () => {
    const t = (key) => p.t(lang, key);
    const page = await open({ lang });
    await press(page, 'link', t('items.title'), { exact: true });
    await press(page, 'button', t('filter.late'), { exact: true });
    await page.getByRole('button', { name: t('filter.late'), exact: true, pressed: true })
      .waitFor({ timeout: 5000 });
    assert.equal(await page.getByRole('row', { name: /^K\d\d / }).count(), 4);
    await press(page, 'row', /^K04 /);
    await page.getByRole('row', { name: /^K04 /, selected: true }).waitFor({ timeout: 5000 });
    await press(page, 'button', t('edit'), { exact: true });
    await visible(page, 'dialog', fill(t('form.edit'), 'K04'));
    // Nothing behind the dialog is to be reached.
    assert.equal(await page.getByRole('link', { name: t('items.title') }).count(), 0);
    await press(page, 'combobox', t('column.status'));
    await press(page, 'option', lang === 'zh' ? '已完成' : 'Completed');
    await type(page, t('form.reason'), lang === 'zh' ? '快线已开行' : 'The line runs');
    await press(page, 'button', t('form.save'), { exact: true });
    await visible(page, 'dialog', t('identity.title'));
    await type(page, t('identity.name'), lang === 'zh' ? '王芳' : 'Wang Fang');
    await press(page, 'button', t('identity.confirm'), { exact: true });
    await current(page);
    assert.match(await page.getByRole('status').filter({ hasText: 'K04' }).first().textContent(), /K04/);
    await press(page, 'link', t('history.title'), { exact: true });
    const entry = page.getByRole('row', { name: /^K04/ }).first();
    await entry.waitFor({ timeout: 5000 });
    assert.match(await entry.textContent(), lang === 'zh' ? /王芳.*快线已开行/ : /Wang Fang.*The line runs/);
    assert.deepEqual(page.faults, []);
    await p.close(page);
  });
}

test('the mirror follows the pages and the language', async () => {
  const page = await open({ lang: 'zh' });
  for (const id of PAGES) {
    await press(page, 'link', p.t('zh', `${id}.title`), { exact: true });
    await page.getByRole('main', { name: p.t('zh', `${id}.title`) }).waitFor({ timeout: 5000 });
    assert.match(page.url(), new RegExp(`#${id}`));
  }
  await press(page, 'tab', p.t('zh', 'language.en'), { exact: true });
  await page.getByRole('main', { name: p.t('en', 'history.title') }).waitFor({ timeout: 5000 });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.equal(await page.getByRole('tab', { name: p.t('en', 'language.zh') }).getAttribute('lang'), 'zh-CN');
  await p.close(page);
});

test('it says the same as the semantics, and does nothing while nothing changes', async () => {
  const page = await open({ hash: 'items' });
  const names = (await p.findAll(page, 'row')).map((n) => n.name);
  const said = await page.getByRole('rowheader').allTextContents();
  for (const name of names) assert.ok(said.includes(name), name);
  const changes = await page.evaluate(async () => {
    let count = 0;
    const observer = new MutationObserver((list) => { count += list.length; });
    observer.observe(document.getElementById('mirror'),
      { subtree: true, childList: true, attributes: true, characterData: true });
    window.tongcheng.invalidate();
    await window.tongcheng.mirrored();
    await new Promise((resolve) => { setTimeout(resolve, 600); });
    observer.disconnect();
    return count;
  });
  assert.equal(changes, 0);
  await p.close(page);
});

test('a long list says how long it is, where its rows are, and goes on', async () => {
  const page = await open({ hash: 'matching', lang: 'en' });
  const grid = page.locator('#mirror [role=grid][aria-rowcount]').first();
  const total = Number(await grid.getAttribute('aria-rowcount'));
  assert.equal(total, p.programme('demo').needs.length);
  const first = () => page.evaluate(() =>
    Number(document.querySelector('#mirror [role=row][aria-rowindex]').getAttribute('aria-rowindex')));
  assert.equal(await first(), 1);
  const rows = await grid.getByRole('row').count();
  assert.ok(rows > 5 && rows < total, `${rows} of ${total} rows are there`);
  await press(page, 'button', /more after, scroll down/);
  const then = await first();
  assert.ok(then > 3, `begins at ${then}`);
  await press(page, 'button', /more before, scroll up/);
  assert.ok(await first() < then);
  await p.close(page);
});

test('the focus of the page and of the app go together, and Tab leaves the mirror', async () => {
  const page = await open({ hash: 'items', lang: 'en' });
  // From the mirror to the app.
  await page.getByRole('button', { name: p.t('en', 'open.menu'), exact: true }).focus();
  await p.waitForNode(page, 'button', p.t('en', 'open.menu'), (n) => n.focused);
  // From the app to the mirror, while somebody is in it.
  await page.keyboard.press('Tab');
  await current(page);
  const focused = await page.evaluate(() => document.activeElement.closest('#mirror') !== null);
  assert.equal(focused, true);
  // Past the end it goes to the browser.
  await page.evaluate(() => {
    const all = [...document.querySelectorAll('#mirror [tabindex]')].filter((e) => !e.disabled);
    all.at(-1).focus();
  });
  const taken = await page.evaluate(() => !document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Tab', code: 'Tab', bubbles: true, cancelable: true })));
  assert.equal(taken, false);
  // Whoever uses the canvas is told of its focus by reference, and keeps the keyboard there.
  await page.mouse.click(700, 30);
  await current(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
  await page.keyboard.press('Tab');
  await current(page);
  const active = await page.evaluate(() => {
    const id = document.getElementById('canvas').getAttribute('aria-activedescendant');
    return { own: document.activeElement.id, there: document.getElementById(id)?.textContent ?? null };
  });
  assert.equal(active.own, 'canvas');
  assert.ok(active.there, 'it refers to an element');
  await p.close(page);
});

test('text is typed in the mirror, and what the app makes of it comes back', async () => {
  const page = await open({ hash: 'items', lang: 'en' });
  const box = page.locator('#mirror').getByRole('textbox', { name: p.t('en', 'items.search') });
  await box.focus();
  await page.keyboard.type('bus');
  await p.waitForNode(page, 'textbox', p.t('en', 'items.search'), (n) => n.value === 'bus');
  await current(page);
  assert.equal(await box.inputValue(), 'bus');
  assert.ok(await page.getByRole('row', { name: /^K\d\d / }).count() < 10);
  await press(page, 'button', p.t('en', 'clear'), { exact: true });
  await p.waitForNode(page, 'textbox', p.t('en', 'items.search'), (n) => !n.value);
  // At once, or soon, if what was typed had not come back yet.
  await page.waitForFunction((input) => input.value === '', await box.elementHandle(), { timeout: 5000 });
  await p.close(page);
});

test('the mirror can be left out', async () => {
  const page = await open({ hash: 'items' });
  await page.evaluate(() => window.tongcheng.mirror(false));
  assert.equal(await page.evaluate(() => document.querySelectorAll('#mirror *').length), 0);
  await page.evaluate(() => window.tongcheng.mirror(true));
  await current(page);
  assert.ok(await page.evaluate(() => document.querySelectorAll('#mirror *').length) > 40);
  await p.close(page);
});
