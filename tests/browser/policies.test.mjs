// The policy matrix: cells, days, files, and what an applicant can use.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

for (const lang of ['zh', 'en']) {
  test(`cells lead to policies, and the form explains its answer (${lang})`, async () => {
    const page = await p.openPage({ programme: 'demo', hash: 'policies', lang, width: 1600, height: 1400 });
    const cells = await p.findAll(page, 'cell');
    assert.equal(cells.length, 72, 'six groups, six clusters, two cities');
    const heading = lang === 'zh' ? '人才主体 · 新能源 · 呼和浩特' : 'Talent · New energy · Hohhot';
    await p.clickNode(page, 'cell', new RegExp(`^${heading}`));
    await p.waitForNode(page, 'heading', new RegExp(`^${heading}`));

    await p.clickNode(page, 'tab', p.t(lang, 'policies.find'));
    await p.clickNode(page, 'tab', p.t(lang, 'policies.talent'));
    const pick = async (field, option) => {
      await p.clickNode(page, 'button', field);
      await p.clickNode(page, 'option', option);
    };
    await pick(lang === 'zh' ? '就业城市' : 'City of work', lang === 'zh' ? /^呼和浩特/ : /^Hohhot/);
    await pick(lang === 'zh' ? '学历' : 'Degree', lang === 'zh' ? '硕士' : 'Master');
    await p.clickNode(page, 'textbox', lang === 'zh' ? /^年龄/ : /^Age/);
    await page.keyboard.insertText('26');
    await p.idle(page);
    const rent = await p.waitForNode(page, 'button',
      lang === 'zh' ? '青年人才租房补贴' : 'Rent allowance for young talent');
    assert.match(rent.value, /·/);
    assert.ok(rent.value.split('\n').length > 2, 'what is missing, rule by rule');
    assert.deepEqual(page.faults, []);
    await p.close(page);
  });
}

test('the matrix as a table for spreadsheets', async () => {
  const page = await p.openPage({ programme: 'demo', hash: 'policies', width: 1600 });
  await p.clickNode(page, 'button', p.t('zh', 'policies.export'));
  const waiting = page.waitForEvent('download');
  await p.clickNode(page, 'button', p.t('zh', 'policies.export-csv'));
  const file = await waiting;
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
  assert.equal(lines.length, 2 + 72);
  assert.ok(lines[0].includes('演示数据'));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('what the report does not say is unknown, and its policies can be read', async () => {
  const page = await p.openPage({ programme: 'hubao-2024', hash: 'policies', width: 1600 });
  await p.waitForNode(page, 'heading', p.t('zh', 'policies.unknown'));
  await p.waitForNode(page, 'button', '租房补贴');
  await p.clickNode(page, 'tab', p.t('zh', 'policies.find'));
  await p.waitForNode(page, 'tab', p.t('zh', 'policies.talent'));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});
