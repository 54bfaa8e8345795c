import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

const folder = mkdtempSync(path.join(tmpdir(), 'tongcheng-'));
const file = (name, content) => {
  const full = path.join(folder, name);
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content));
  return full;
};
const titled = (zh, en = zh) => ({ ...p.programme(), title: { zh, en } });
const broken = () => {
  const programme = p.programme();
  programme.items[0].status = 'almost';
  programme.items[1].due = '2024-02-30';
  return programme;
};

async function choose(page, lang, chosen) {
  await p.clickNode(page, 'button', p.t(lang, 'open.menu'));
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    p.clickNode(page, 'button', p.t(lang, 'open.file')),
  ]);
  await chooser.setFiles(chosen);
}

test('opens a chosen file', async () => {
  const page = await p.openPage();
  await choose(page, 'zh', file('good.json', titled('另一个方案')));
  await p.waitForNode(page, 'heading', '另一个方案');
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('opens the other programme that comes with the site, and the address remembers it', async () => {
  const page = await p.openPage();
  const { title } = p.programme('demo');
  await p.clickNode(page, 'button', p.t('zh', 'open.menu'));
  await p.clickNode(page, 'button', p.t('zh', 'open.demo'));
  await p.waitForNode(page, 'heading', title.zh);
  assert.ok(await p.find(page, 'text', p.t('zh', 'demonstration')));
  assert.equal(new URL(page.url()).searchParams.get('programme'), 'demo');
  await page.reload();
  await page.evaluate(() => window.tongcheng.ready);
  assert.ok(await p.find(page, 'heading', title.zh));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

/** The demonstration's items, 400 times as many: 20 MB. */
function large() {
  const programme = p.programme('demo');
  const copies = (n) => programme.items.map(({ dependsOn: _, ...item }) =>
    ({ ...item, code: `${item.code}-${n}` }));
  return {
    ...programme, title: { zh: '大方案', en: 'A large one' }, decks: undefined,
    items: [...programme.items, ...Array.from({ length: 400 }, (_, n) => copies(n)).flat()],
  };
}

test('opens a large file while the open board goes on, unless that is given up', async () => {
  const page = await p.openPage({ lang: 'en' });
  const { title } = p.programme();
  const chosen = file('large.json', large());
  const reading = p.t('en', 'open.reading').replace('{0}', 'large.json');
  const click = ({ x, y, width, height }) => page.mouse.click(x + width / 2, y + height / 2);

  let seen = p.sighted(page, { role: 'status', name: reading });
  await choose(page, 'en', chosen);
  await click((await seen).find((n) => n.name === p.t('en', 'form.cancel')));
  await p.waitForNode(page, 'status', p.t('en', 'open.cancelled').replace('{0}', 'large.json'));
  await p.idle(page);
  assert.ok(await p.find(page, 'heading', title.en), 'another board is open');

  const items = { role: 'tab', name: p.t('en', 'items.title') };
  seen = p.sighted(page, { role: 'status', name: reading });
  const changed = p.sighted(page, { ...items, selected: true });
  await choose(page, 'en', chosen);
  await click((await seen).find((n) => n.role === items.role && n.name === items.name));
  assert.equal((await changed).find((n) => n.role === 'heading').name, title.en,
    'another page was shown only after the file was opened');
  await p.waitForNode(page, 'heading', 'A large one');
  await p.idle(page);
  assert.equal(await p.find(page, 'status', reading), undefined);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('writes the files of a large board while it goes on, unless that is given up', async () => {
  const page = await p.openPage({ lang: 'en' });
  await choose(page, 'en', file('large.json', large()));
  await p.waitForNode(page, 'heading', 'A large one');
  await p.idle(page);
  const saved = [];
  page.on('download', (download) => saved.push(download.suggestedFilename()));
  const click = ({ x, y, width, height }) => page.mouse.click(x + width / 2, y + height / 2);
  const write = async (entry, name) => {
    const seen = p.sighted(page, { role: 'status', name: p.t('en', 'busy.writing').replace('{0}', name) });
    await p.clickNode(page, 'button', p.t('en', 'open.menu'));
    await click(await p.find(page, 'button', entry));
    return (await seen).find((n) => n.name === p.t('en', 'form.cancel'));
  };
  const gone = (name) => p.waitForNode(page, 'status', p.t('en', 'busy.not-written').replace('{0}', name));

  await click(await write('Microsoft Project (XML)', 'demo.xml'));
  await gone('demo.xml');
  // The journal of the board is begun first.
  await click(await write(p.t('en', 'export.board'), 'demo.tongcheng.jsonl'));
  await gone('demo.tongcheng.jsonl');
  await p.idle(page);
  assert.deepEqual(saved, []);

  const [download] = await Promise.all([
    page.waitForEvent('download'), write(p.t('en', 'export.xlsx'), 'demo.xlsx'),
  ]);
  assert.equal(download.suggestedFilename(), 'demo.xlsx');
  await p.idle(page);
  assert.deepEqual(saved, ['demo.xlsx']);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

for (const lang of ['zh', 'en']) {
  test(`lists the faults of a broken file with their places (${lang})`, async () => {
    const page = await p.openPage({ lang });
    await choose(page, lang, file('broken.json', broken()));
    const title = p.t(lang, 'error.title').replace('{0}', 'broken.json');
    await p.waitForNode(page, 'dialog', title);
    const places = (await p.findAll(page, 'listitem')).map((n) => n.name);
    assert.ok(places.includes('/items/0/status'), places.join());
    assert.ok(places.includes('/items/1/due'), places.join());
    await p.clickNode(page, 'button', p.t(lang, 'close'));
    assert.equal(await p.find(page, 'dialog'), undefined);
    assert.ok(await p.find(page, 'heading', p.programme().title[lang]), 'the old board');
    await p.close(page);
  });
}

test('opens a dropped file, and says where to let go', async () => {
  const page = await p.openPage();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{}'], 'x.json'));
    document.getElementById('canvas').dispatchEvent(
      new DragEvent('dragenter', { bubbles: true, cancelable: true, dataTransfer: data }));
  });
  await p.waitForNode(page, 'status', p.t('zh', 'open.drop-now'));
  await page.evaluate(() => document.getElementById('canvas').dispatchEvent(
    new DragEvent('dragleave', { bubbles: true, dataTransfer: Object.assign(new DataTransfer(), {}) })));
  await p.drop(page, 'dropped.json', JSON.stringify(titled('拖入的方案')));
  await p.waitForNode(page, 'heading', '拖入的方案');
  assert.equal(await p.find(page, 'status', p.t('zh', 'open.drop-now')), undefined);
  await p.close(page);
});

test('a dropped file that is no programme leaves the board', async () => {
  const page = await p.openPage();
  await p.drop(page, 'noise.json', Buffer.from([0xff, 0xfe, 0x00, 0x01]));
  await p.waitForNode(page, 'dialog', p.t('zh', 'error.title').replace('{0}', 'noise.json'));
  await page.keyboard.press('Escape');
  await p.waitForNode(page, 'heading', p.programme().title.zh);
  await p.close(page);
});

test('refuses a file beyond the limit without reading it', async () => {
  const page = await p.openPage({ lang: 'en' });
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{}'], 'huge.json'));
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data });
    const huge = { name: 'huge.json', size: 300 * 2 ** 20 };
    Object.defineProperty(event, 'dataTransfer', {
      value: { types: ['Files'], files: [huge], items: [] },
    });
    document.getElementById('canvas').dispatchEvent(event);
  });
  await p.waitForNode(page, 'dialog', p.t('en', 'error.title').replace('{0}', 'huge.json'));
  assert.match((await p.find(page, 'alert')).name, /256 MB/);
  await p.close(page);
});

test('grows its memory for a large file', async () => {
  const page = await p.openPage();
  const large = titled('很大的方案');
  large.description = { zh: '长'.repeat(15_000_000), en: '' }; // 45 MB
  const problem = await page.evaluate((text) => {
    window.tongcheng.openBytes('large.json', new TextEncoder().encode(text));
    return document.getElementById('problem').hidden ? '' : document.getElementById('problem').innerText;
  }, JSON.stringify(large));
  assert.equal(problem, '');
  await p.waitFor(page, (nodes) =>
    nodes.find((n) => n.name === '很大的方案' || n.role === 'dialog'), 'the programme or a refusal', 20_000);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('saves a copy', async () => {
  const page = await p.openPage();
  await p.clickNode(page, 'button', p.t('zh', 'open.menu'));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    p.clickNode(page, 'button', '项目文件（JSON）'),
  ]);
  assert.equal(download.suggestedFilename(), 'hubao-2024.json');
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const saved = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  assert.equal(saved.title.zh, p.programme().title.zh);
  assert.equal(saved.items.length, p.programme().items.length);
  await p.close(page);
});

test('shows characters that no font of the site has', async () => {
  const characters = ['㙍', '龘', '𠮷'];
  const page = await p.openPage();
  await p.drop(page, 'rare.json', JSON.stringify(titled(characters.join(''))));
  const heading = await p.waitForNode(page, 'heading', characters.join(''));
  const rasters = await page.evaluate((points) => points.map((point) => {
    const { width, height, rgba } = window.tongcheng.rasterise(point, 16, 700);
    return `${width}x${height}:${Array.from(rgba ?? []).join()}`;
  }), [...characters.map((c) => c.codePointAt(0)), 0x10ffff, 0x378]);
  for (let i = 0; i < characters.length; ++i) {
    for (let j = 0; j < rasters.length; ++j) {
      if (i !== j) assert.notEqual(rasters[i], rasters[j], `${characters[i]} and number ${j}`);
    }
  }
  // And these rasters are what is on the screen.
  await p.assertText(page, characters.join(''), { ...heading, size: 16, weight: 700 });
  await p.close(page);
});

test('nothing in a programme can reach beyond it', async () => {
  const page = await p.openPage();
  const hostile = titled('<img src=x onerror=alert(1)>');
  await p.drop(page, '<b>x</b>.json', JSON.stringify(hostile));
  await p.waitForNode(page, 'heading', '<img src=x onerror=alert(1)>');
  assert.equal(await page.evaluate(() => document.querySelectorAll('img[src="x"]').length), 0);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});
