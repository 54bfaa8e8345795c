// Matching in the browser: needs and results with their reasons and weights, the proved assignment,
// stable matching, and a need that is typed in and found again.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

const fill = (text, ...values) => values.reduce((all, value, i) => all.replace(`{${i}}`, value), text);

async function open(lang, programme = 'demo') {
  return p.openPage({ lang, programme, hash: 'matching', width: 1600, height: 1400 });
}

async function retype(page, field, text) {
  await p.clickNode(page, 'textbox', field);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await p.idle(page);
}

const offers = async (page) => (await p.findAll(page, 'option', /^R\d/)).map((node) => node.name);

for (const lang of ['zh', 'en']) {
  const t = (key) => p.t(lang, key);

  test(`a need is found, its results are explained, and the weights decide (${lang})`, async () => {
    const page = await open(lang);
    await retype(page, t('matching.search'), lang === 'zh' ? '光伏' : 'PV');
    const rows = await p.findAll(page, 'row', /^N\d/);
    assert.ok(rows.length > 0 && rows.length < 80);
    await p.clickNode(page, 'row', /^N\d/);
    const innovation = await p.waitForNode(page, 'listitem', t('matching.chain-innovation'));
    assert.match(innovation.value, /50%/);
    const before = await offers(page);
    assert.ok(before.length > 1);
    // All weight moves away from the topic and the price decides.
    const press = async (key, to) => {
      const slider = await p.find(page, 'button', t(key));
      await page.mouse.click(slider.x + (to > 0 ? slider.width - 4 : 4), slider.y + slider.height / 2);
      await p.idle(page);
    };
    await press('matching.chain-innovation', 0);
    await press('matching.chain-capital', 1);
    assert.match((await p.find(page, 'listitem', t('matching.chain-innovation'))).value, /[^\d]0%/);
    assert.notDeepEqual(await offers(page), before);
    assert.deepEqual(page.faults, []);
    await p.close(page);
  });

  test(`the assignment is proved and the matching is stable (${lang})`, async () => {
    const page = await open(lang);
    await p.clickNode(page, 'button', t('matching.assign'));
    await p.waitForNode(page, 'status', t('matching.proved'));
    await p.clickNode(page, 'tab', t('matching.jobs'));
    await p.waitForNode(page, 'status', t('matching.no-blocking'));
    const graduates = (await p.find(page, 'heading', t('matching.unplaced'))).value;
    assert.ok(Number(graduates) > 0);
    await p.clickNode(page, 'tab', t('matching.jobs-propose'));
    await p.waitForNode(page, 'status', t('matching.no-blocking'));
    // The same people are placed in every stable matching (rural hospitals theorem).
    assert.equal((await p.find(page, 'heading', t('matching.unplaced'))).value, graduates);
    assert.deepEqual(page.faults, []);
    await p.close(page);
  });
}

test('a need typed with an input method is entered and found', async () => {
  const t = (key) => p.t('zh', key);
  const page = await open('zh');
  await p.clickNode(page, 'button', t('matching.add-need'));
  await p.waitForNode(page, 'dialog', fill(t('matching.new-need'), 'N081'));
  await p.clickNode(page, 'textbox', fill(t('posting.in-zh'), t('posting.title')));
  await p.compose(page, ['g', 'guang fu', 'guang fu qing sao'], '光伏清扫机器人');
  await p.clickNode(page, 'button', t('form.save'));
  await p.waitForNode(page, 'dialog', t('identity.title'));
  await p.compose(page, ['w', 'wang fang'], '王芳');
  await p.clickNode(page, 'button', t('identity.confirm'));
  await p.waitFor(page, (nodes) => !nodes.some((node) => node.role === 'dialog'));
  await retype(page, t('matching.search'), '清扫机器人');
  const row = await p.waitForNode(page, 'row', /^N081 光伏清扫机器人/);
  assert.ok(row);
  await p.clickNode(page, 'row', /^N081/);
  assert.ok((await offers(page)).length > 0);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('a programme without postings says so and offers to add or open', async () => {
  for (const lang of ['zh', 'en']) {
    const page = await open(lang, 'hubao-2024');
    await p.waitForNode(page, 'text', p.t(lang, 'matching.none'));
    assert.ok(await p.find(page, 'button', p.t(lang, 'matching.open-file')));
    await p.clickNode(page, 'button', p.t(lang, 'matching.add-need'));
    await p.waitForNode(page, 'dialog', fill(p.t(lang, 'matching.new-need'), 'N001'));
    assert.deepEqual(page.faults, []);
    await p.close(page);
  }
});
