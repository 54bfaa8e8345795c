import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

test('the language changes at once and is remembered', async () => {
  const page = await p.openPage({ lang: null, locale: 'zh-CN' });
  await p.clickNode(page, 'tab', p.t('zh', 'language.en'));
  assert.ok(await p.find(page, 'heading', p.programme().title.en));
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await page.reload();
  await page.evaluate(() => window.tongcheng.ready);
  assert.ok(await p.find(page, 'heading', p.programme().title.en));
  // The address wins over what is remembered.
  const address = new URL(page.url());
  address.searchParams.set('lang', 'zh');
  await page.goto(address.href);
  await page.evaluate(() => window.tongcheng.ready);
  assert.ok(await p.find(page, 'heading', p.programme().title.zh));
  await p.close(page);
});

test('the theme changes at once and is remembered', async () => {
  const page = await p.openPage({ theme: null });
  await p.clickNode(page, 'button', p.t('zh', 'theme.to-dark'));
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await page.reload();
  await page.evaluate(() => window.tongcheng.ready);
  assert.ok(await p.find(page, 'button', p.t('zh', 'theme.to-light')));
  await p.close(page);
});

test('works where the browser forbids to remember anything', async () => {
  const page = await p.openPage({
    lang: null,
    locale: 'zh-CN',
    prepare: (it) => it.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } });
    }),
  });
  await p.clickNode(page, 'tab', p.t('zh', 'language.en'));
  assert.ok(await p.find(page, 'heading', p.programme().title.en));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});
