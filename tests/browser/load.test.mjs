import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

for (const lang of ['zh', 'en']) {
  test(`loads in ${lang} without a fault`, async () => {
    const page = await p.openPage({ lang });
    const { title } = p.programme();
    assert.ok(await p.find(page, 'heading', title[lang]));
    assert.ok(await p.find(page, 'tab', p.t(lang, 'overview.title')));
    const root = await page.evaluate(() => ({
      lang: document.documentElement.lang,
      title: document.title,
      language: window.tongcheng.language,
      splash: document.getElementById('splash').hidden,
      problem: document.getElementById('problem').hidden,
    }));
    assert.deepEqual(root, {
      lang: lang === 'zh' ? 'zh-CN' : 'en',
      title: `${title[lang]} · ${p.t(lang, 'app.name')}`,
      language: lang,
      splash: true,
      problem: true,
    });
    assert.deepEqual(page.faults, []);
    await p.close(page);
  });
}

test('loads below a sub-path', async () => {
  const page = await p.openPage({ base: '/a/deep/path/' });
  assert.ok(await p.find(page, 'heading', p.programme().title.zh));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('takes the language and theme of the browser when nothing else is asked for', async () => {
  for (const [locale, lang] of [['zh-CN', 'zh'], ['en-GB', 'en'], ['fr-FR', 'en']]) {
    const page = await p.openPage({ lang: null, theme: null, locale });
    assert.ok(await p.find(page, 'tab', p.t(lang, 'overview.title')), locale);
    assert.ok(await p.find(page, 'button', p.t(lang, 'theme.to-dark')), locale);
    await p.close(page);
  }
  const page = await p.openPage({ theme: null, colorScheme: 'dark' });
  assert.ok(await p.find(page, 'button', p.t('zh', 'theme.to-light')));
  await p.close(page);
});

test('an address can name the view', async () => {
  const page = await p.openPage({ hash: 'items' });
  const tab = await p.find(page, 'tab', p.t('zh', 'items.title'));
  assert.equal(tab.selected, true);
  await p.close(page);
});

test('the back button returns to the view before', async () => {
  const page = await p.openPage({ hash: 'overview' });
  await p.clickNode(page, 'tab', p.t('zh', 'items.title'));
  assert.equal(new URL(page.url()).hash, '#items');
  await page.goBack();
  await p.waitForNode(page, 'tab', p.t('zh', 'overview.title'), (n) => n.selected);
  await p.close(page);
});

test('a programme that is not there is reported, and the app stays usable', async () => {
  const page = await p.openPage({ programme: 'no-such-programme' });
  await p.waitForNode(page, 'dialog', p.t('zh', 'error.title').replace('{0}', 'no-such-programme.json'));
  const alert = await p.find(page, 'alert');
  assert.match(alert.name, /HTTP 404/);
  await p.clickNode(page, 'button', p.t('zh', 'close'));
  assert.equal(await p.find(page, 'dialog'), undefined);
  await p.close(page);
});

test('the first frame needs only the first part of the program, and at most 700 KB', async () => {
  for (const programme of [undefined, 'demo']) {
    const page = await p.openPage({ programme });
    const loaded = await page.evaluate(() => {
      const [ready] = performance.getEntriesByName('tongcheng-ready');
      return {
        // A call that had to wait for the rest of the program.
        waited: performance.getEntriesByName('tongcheng-waited').map((mark) => mark.detail),
        files: [...performance.getEntriesByType('navigation'),
          ...performance.getEntriesByType('resource').filter((it) => it.startTime < ready.startTime)]
          .map((it) => [new URL(it.name).pathname, it.encodedBodySize]),
      };
    });
    assert.deepEqual(loaded.waited, []);
    const names = loaded.files.map(([name]) => name);
    assert.ok(names.includes('/tongcheng.wasm') && !names.includes('/tongcheng-later.wasm'), `${names}`);
    const sum = loaded.files.reduce((bytes, [, size]) => bytes + size, 0);
    if (programme === undefined) assert.ok(sum > 300_000 && sum <= 700_000, `${sum} bytes: ${loaded.files.join(' ')}`);
    // The rest follows by itself, and everything works.
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some((it) => it.name.endsWith('/tongcheng-later.wasm')));
    await p.clickNode(page, 'tab', p.t('zh', 'roadmap.title'));
    await p.waitForNode(page, 'tab', p.t('zh', 'roadmap.title'), (node) => node.selected);
    assert.deepEqual(page.faults, []);
    await p.close(page);
  }
});

test('who is quicker than the network waits for the rest of the program, and no longer', async () => {
  let asked = 0;
  const page = await p.openPage({
    prepare: (it) => it.route('**/tongcheng-later.wasm', async (r) => {
      asked += 1;
      if (asked === 1) return; // never answered
      await r.continue();
    }),
  });
  await p.clickNode(page, 'tab', p.t('zh', 'roadmap.title'));
  await p.waitForNode(page, 'tab', p.t('zh', 'roadmap.title'), (node) => node.selected);
  assert.equal(asked, 2);
  await p.close(page);
});

test('a link to another page brings the whole program at once', async () => {
  const page = await p.openPage({ hash: 'policies' });
  assert.deepEqual(await page.evaluate(() =>
    performance.getEntriesByName('tongcheng-waited').length), 0);
  await p.waitForNode(page, 'tab', p.t('zh', 'policies.title'), (node) => node.selected);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

const problems = [
  ['the program is missing', 'load', (page) => page.route('**/tongcheng.wasm', (r) => r.fulfill({ status: 404 }))],
  ['the script is missing', 'load', (page) => page.route('**/tongcheng.js', (r) => r.abort())],
  ['there is no WebGL 2', 'browser', (page) => page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function getContext(kind, ...rest) {
      return kind === 'webgl2' ? null : original.call(this, kind, ...rest);
    };
  })],
  ['there is no WebAssembly', 'browser', (page) => page.addInitScript(() => {
    delete window.WebAssembly;
  })],
];
for (const [what, kind, prepare] of problems) {
  test(`says so in both languages when ${what}`, async () => {
    const page = await p.openPage({ wait: false, prepare });
    const section = page.locator(`[data-problem="${kind}"]`);
    await section.waitFor({ state: 'visible', timeout: 10_000 });
    const text = await section.innerText();
    assert.match(text, /[\u4e00-\u9fff]{4}/);
    assert.match(text, /[A-Za-z]{4}/);
    assert.equal(await page.locator('#splash').isVisible(), false);
    await p.close(page);
  });
}

test('does without its fonts', async () => {
  const page = await p.openPage({
    prepare: (it) => it.route('**/*.woff2', (r) => r.fulfill({ status: 404 })),
  });
  assert.ok(await p.find(page, 'heading', p.programme().title.zh));
  await p.close(page);
});

test('draws anew with fonts that arrive late', async () => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  const page = await p.openPage({
    prepare: (it) => it.route('**/*.woff2', async (r) => {
      await held;
      await r.continue();
    }),
  });
  const session = await page.context().newCDPSession(page);
  // Playwright's own screenshots wait for all fonts.
  const picture = async () => (await session.send('Page.captureScreenshot')).data;
  const before = await picture();
  release();
  await page.evaluate(() => document.fonts.ready);
  // Those for texts of other programmes may not be wanted at all.
  await page.waitForFunction(() => Array.from(document.fonts)
    .every((f) => f.status === 'loaded' || f.family.includes('Tongcheng More')));
  await p.idle(page);
  assert.equal(await picture() === before, false); // icons come with the fonts
  assert.deepEqual(page.faults, []);
  await p.close(page);
});
