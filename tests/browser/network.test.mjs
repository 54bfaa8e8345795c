// The alliances' network: read, searched, taken apart and saved as files, in both languages.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

async function download(page, lang, name) {
  await p.clickNode(page, 'button', p.t(lang, 'network.export'));
  const waiting = page.waitForEvent('download');
  await p.clickNode(page, 'button', p.t(lang, name));
  const file = await waiting;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

for (const lang of ['zh', 'en']) {
  test(`an alliance's chain, a member's leaving and its files (${lang})`, async () => {
    const page = await p.openPage({ programme: 'demo', hash: 'network', lang, width: 1600 });
    await p.waitForNode(page, 'tab', p.t(lang, 'network.suggestions'));
    assert.ok((await p.findAll(page, 'columnheader')).length >= 3);
    const name = lang === 'zh' ? '演示·硅源材料甲' : 'Demo Silicon A';
    await p.clickNode(page, 'textbox', p.t(lang, 'network.search'));
    await page.keyboard.insertText(name);
    await p.idle(page);
    assert.equal((await p.findAll(page, 'row')).length, 1);
    await p.clickNode(page, 'row', name);
    await p.clickNode(page, 'tab', '1');
    await p.clickNode(page, 'button', p.t(lang, 'network.leave'));
    const without = p.t(lang, 'network.without').replace('{0}', name);
    await p.waitForNode(page, 'heading', without);
    const svg = await download(page, lang, 'network.export-svg');
    assert.match(svg.name, /^demo-.*\.svg$/);
    const text = svg.bytes.toString('utf8');
    assert.ok(text.includes('演示数据') && text.includes(name));
    const png = await download(page, lang, 'network.export-png');
    assert.match(png.name, /\.png$/);
    assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.bytes.readUInt32BE(16) > 900, 'twice the size of the picture');
    assert.deepEqual(page.faults, []);
    await p.close(page);
  });
}

test('the free layout comes to rest, and then nothing is drawn', async () => {
  const page = await p.openPage({ programme: 'demo', hash: 'network', lang: 'en', width: 1600 });
  await p.clickNode(page, 'tab', p.t('en', 'network.free'));
  await p.waitForNode(page, 'status', /members,/);
  await page.mouse.move(5, 895);
  await p.idle(page);
  const before = await page.evaluate(() => window.tongcheng.frames);
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  assert.equal(await page.evaluate(() => window.tongcheng.frames), before);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('what the report does not say is unknown', async () => {
  const page = await p.openPage({ programme: 'hubao-2024', hash: 'network', width: 1600 });
  await p.waitForNode(page, 'status', /6 个成员/);
  await p.clickNode(page, 'button', p.t('zh', 'network.alliance'));
  await p.clickNode(page, 'option', '新能源产业联盟');
  await p.waitForNode(page, 'text', p.t('zh', 'network.unknown'));
  await p.clickNode(page, 'button', p.t('zh', 'network.show-all'));
  await p.waitForNode(page, 'status', /6 个成员/);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});
