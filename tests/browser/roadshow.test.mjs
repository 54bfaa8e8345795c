import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import * as p from './page.mjs';

after(p.closeAll);

const { serve } = await import(path.join(p.root, 'web/serve.mjs'));
const { unzipSync } = createRequire(path.join(p.root, 'web/package.json'))('fflate');
const demo = p.programme('demo');
const [deck] = demo.decks;
const SLIDES = deck.slides.length;

const number = async (page) => (await p.findAll(page, 'status', /^\d+ \/ \d+$/))[0]?.name;

const atSlide = (page, slide) =>
  p.waitForNode(page, 'status', `${slide} / ${SLIDES}`, undefined);

/** The roadshow page of the demonstration programme; moves are cuts unless a test asks for them. */
const openDeck = (options = {}) => p.openPage({
  programme: 'demo', lang: 'en', hash: 'roadshow', reducedMotion: 'reduce', ...options,
});

async function startTalk(page) {
  await page.keyboard.press('F5');
  await p.waitForNode(page, 'status', `1 / ${SLIDES}`);
  await page.waitForFunction(() => window.tongcheng.talk !== null);
  await p.idle(page);
}

test('the whole deck by keyboard', async () => {
  const page = await openDeck({ reducedMotion: 'no-preference' });
  await startTalk(page);
  for (const [i, slide] of deck.slides.entries()) {
    for (let step = 0; step <= (slide.steps ?? []).length; ++step) {
      await atSlide(page, i + 1);
      const nodes = await p.describe(page);
      if (slide.title) assert.ok(nodes.some((n) => n.role === 'heading' && n.name === slide.title.en), slide.title.en);
      assert.ok(nodes.some((n) => n.name === p.t('en', 'demonstration')), 'demonstration label');
      assert.ok(nodes.some((n) => n.name.includes('2024-12-31')), 'date');
      const caption = (slide.steps ?? [])[step - 1]?.caption?.en;
      if (caption) assert.ok(nodes.some((n) => n.name === caption), caption);
      await page.keyboard.press(['ArrowRight', 'Space', 'PageDown'][i % 3]);
      await p.idle(page);
    }
  }
  assert.equal(await number(page), `${SLIDES} / ${SLIDES}`);
  await page.keyboard.press('Home');
  await atSlide(page, 1);
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await atSlide(page, 12);
  await page.keyboard.press('b');
  await p.waitForNode(page, 'img', p.t('en', 'present.black'));
  const screen = await page.screenshot();
  const dark = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data.every((v, i) => i % 4 === 3 || v === 0);
  }, screen.toString('base64'));
  assert.ok(dark);
  await page.keyboard.press('b');
  await page.keyboard.press('F5'); // does not load the page again in front of the audience
  await atSlide(page, 12);
  await page.keyboard.press('Escape');
  await p.waitForNode(page, 'navigation', p.t('en', 'nav.label'));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('drills into the live view and comes back', async () => {
  const page = await openDeck();
  await startTalk(page);
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await atSlide(page, 5);
  await page.keyboard.press('d');
  await p.waitForNode(page, 'tab', p.t('en', 'roadmap.title'), (n) => n.selected);
  await page.keyboard.press('Backspace');
  await atSlide(page, 5);
  await p.close(page);
});

test('the presenter window keeps in step, over time is red, and it can steer', async () => {
  const page = await openDeck();
  const [presenter] = await Promise.all([
    page.context().waitForEvent('page'),
    p.clickNode(page, 'button', p.t('en', 'roadshow.presenter')),
  ]);
  await presenter.waitForSelector('#presenter');
  await page.bringToFront();
  await startTalk(page);
  const heading = presenter.locator('#heading');
  await assert.doesNotReject(heading.filter({ hasText: deck.slides[0].title.en }).waitFor());
  await page.keyboard.press('ArrowRight');
  await heading.filter({ hasText: deck.slides[1].title.en }).waitFor();
  assert.equal(await presenter.locator('#next-title').innerText(), deck.slides[2].title.en);
  assert.match(await presenter.locator('#notes').innerText(), /Totals first/);
  await presenter.waitForFunction(() => document.getElementById('picture').naturalWidth > 300);
  await presenter.waitForFunction(() => document.getElementById('following').naturalWidth > 300);
  // From the other window, also interest in a result.
  await presenter.locator('#do-next').click();
  await presenter.locator('#position', { hasText: '1 / 1' }).waitFor();
  for (let i = 0; i < 40 && await heading.innerText() !== deck.slides[10].title.en; ++i) {
    await presenter.locator('#do-next').click();
    await presenter.waitForTimeout(50);
  }
  await atSlide(page, 11);
  await page.evaluate(() => localStorage.setItem('tongcheng.author', 'x'));
  assert.equal(await presenter.locator('#interest').isVisible(), true);
  // A clock that has gone on for longer than the slide has.
  await page.evaluate(() => {
    const real = Date.now;
    Date.now = () => real() + 600_000;
  });
  await presenter.evaluate(() => document.getElementById('do-black').click());
  await p.waitForNode(page, 'img', p.t('en', 'present.black'));
  await presenter.locator('#slide-time.over').waitFor();
  await page.keyboard.press('b');
  await page.keyboard.press('Escape');
  await heading.filter({ hasText: 'End of the talk' }).waitFor();
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('without a server the page loads again and presents', async () => {
  const site = await serve(p.site, {});
  const page = await openDeck();
  await page.goto(`${site.url}?programme=demo&lang=en#roadshow`);
  await page.evaluate(() => window.tongcheng.ready);
  assert.equal(await page.evaluate(() => window.tongcheng.offline()), true);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await site.close();
  await page.reload();
  await page.evaluate(() => window.tongcheng.ready);
  await p.idle(page);
  await startTalk(page);
  await page.keyboard.press('End');
  await atSlide(page, SLIDES);
  // Also what is loaded only when it is asked for.
  await page.keyboard.press('Escape');
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 180_000 }),
    p.clickNode(page, 'button', p.t('en', 'roadshow.png')),
  ]);
  assert.match(download.suggestedFilename(), /\.zip$/);
  await p.close(page);
});

test('the app is installable', async () => {
  const page = await openDeck();
  const manifest = await page.evaluate(async () =>
    (await fetch(document.querySelector('link[rel=manifest]').href)).json());
  for (const icon of manifest.icons) {
    const size = await page.evaluate(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, icon.src);
    if (icon.sizes !== 'any') assert.equal(size, icon.sizes);
  }
  await p.close(page);
});

test('a single file opens from a disk and presents its own board', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongcheng-'));
  const page = await openDeck();
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 180_000 }),
    p.clickNode(page, 'button', p.t('en', 'roadshow.page')),
  ]);
  assert.equal(download.suggestedFilename(), 'demo.html');
  const file = path.join(folder, 'demo.html');
  await download.saveAs(file);
  const context = page.context();
  await context.setOffline(true);
  const single = await context.newPage();
  const faults = [];
  single.on('console', (m) => { if (m.type() === 'error') faults.push(m.text()); });
  single.on('pageerror', (error) => faults.push(error.message));
  single.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) faults.push(request.url());
  });
  await single.goto(`file://${file}?lang=en#roadshow`);
  await single.evaluate(() => window.tongcheng.ready);
  await p.idle(single);
  // What is loaded late on a server is inside too.
  await p.clickNode(single, 'button', p.t('en', 'open.menu'));
  const [sheet] = await Promise.all([
    single.waitForEvent('download'), p.clickNode(single, 'button', p.t('en', 'export.xlsx')),
  ]);
  assert.deepEqual([...readFileSync(await sheet.path()).subarray(0, 2)], [0x50, 0x4b]);
  await p.idle(single);
  await startTalk(single);
  await single.keyboard.press('End');
  await atSlide(single, SLIDES);
  assert.deepEqual(faults, []);
  await p.close(page);
  rmSync(folder, { recursive: true });
});

test('a lost WebGL context comes back during a talk', async () => {
  const page = await openDeck();
  await startTalk(page);
  await page.keyboard.press('ArrowRight');
  await atSlide(page, 2);
  const before = await page.screenshot();
  await page.evaluate(() => {
    window.lost = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    window.lost.loseContext();
  });
  await page.keyboard.press('PageDown'); // the talk goes on meanwhile
  await p.idle(page);
  await page.keyboard.press('PageUp');
  await p.idle(page);
  await page.evaluate(() => new Promise((resolve) => {
    document.getElementById('canvas').addEventListener('webglcontextrestored', resolve, { once: true });
    window.lost.restoreContext();
  }));
  await atSlide(page, 2);
  await page.waitForTimeout(100);
  await p.idle(page);
  assert.ok((await page.screenshot()).equals(before));
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('a kiosk goes round by itself and its memory stays flat', async () => {
  // Two hours at twelve seconds a slide are 600 slides; KIOSK_SLIDES=600 shows them all.
  const wanted = Number(process.env.KIOSK_SLIDES ?? 90);
  const page = await p.openPage({ lang: 'en', reducedMotion: 'reduce' });
  await page.evaluate(() => window.tongcheng.kept()); // nothing is left to load
  await page.goto(`${await p.siteUrl()}?programme=demo&lang=en&kiosk=${deck.id}&dwell=0.05`);
  await page.evaluate(() => window.tongcheng.ready);
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize;
  };
  const turn = (count) => page.evaluate((many) => new Promise((resolve) => {
    let seen = 0;
    let last = null;
    let rounds = 0;
    const look = () => {
      const { talk } = window.tongcheng;
      if (talk !== null && talk.slide !== last) {
        if (last !== null && talk.slide < last) rounds += 1;
        last = talk.slide;
        seen += 1;
      }
      if (seen > many) resolve(rounds);
      else setTimeout(look, 10);
    };
    look();
  }), count);
  await turn(2 * SLIDES);
  const before = await heap();
  const rounds = await turn(wanted);
  const grown = (await heap() - before) / 2 ** 20;
  assert.ok(rounds >= Math.floor(wanted / SLIDES) - 1, `${rounds} rounds`);
  assert.ok(grown < 2, `${grown.toFixed(2)} MB more after ${wanted} slides`);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('what slides are drawn for can be given up, before and after', async () => {
  const page = await openDeck({ lang: 'en' });
  const saved = [];
  page.on('download', (download) => saved.push(download.suggestedFilename()));
  const press = async (key) => {
    const { x, y, width, height } = await p.find(page, 'button', p.t('en', key));
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.waitForSelector('#preparing', { state: 'visible' });
  };
  const back = async () => {
    await page.waitForSelector('#preparing', { state: 'hidden' });
    await p.waitForNode(page, 'navigation', p.t('en', 'nav.label'), (n) => Math.abs(n.height - 900) < 2);
    await p.idle(page);
  };
  await press('roadshow.pdf');
  await page.click('#preparing-cancel');
  await back();
  await press('roadshow.png');
  await page.keyboard.press('Escape');
  await back();
  await press('roadshow.start'); // the talk is prepared, too
  await page.keyboard.press('Escape');
  await back();
  assert.equal(await page.evaluate(() => window.tongcheng.talk), null);

  // A worker that never answers: the bar says what is being written.
  await page.route('**/lazy/worker.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: '' }));
  await press('roadshow.pdf');
  await back();
  const writing = p.t('en', 'busy.writing').replace('{0}', `${deck.id}.pdf`);
  await p.waitForNode(page, 'status', writing);
  await p.clickNode(page, 'link', p.t('en', 'form.cancel'));
  await p.waitForNode(page, 'status', p.t('en', 'busy.not-written').replace('{0}', `${deck.id}.pdf`));
  assert.deepEqual(saved, []);
  assert.deepEqual(page.faults, []);
  await p.close(page);
});

test('the PDF has a page a slide with the same picture and text that can be selected', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongcheng-'));
  const page = await openDeck({ lang: 'zh' });
  const save = async (key) => {
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 180_000 }),
      p.clickNode(page, 'button', p.t('zh', key)),
    ]);
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    await p.idle(page);
    return file;
  };
  const archive = unzipSync(readFileSync(await save('roadshow.png')));
  assert.equal(Object.keys(archive).length, SLIDES);
  const file = await save('roadshow.pdf');
  const bytes = readFileSync(file).toString('latin1');
  assert.equal(bytes.slice(0, 5), '%PDF-');

  // Chromium's own viewer is not scriptable; the pictures are compared as they stand in the file.
  const lib = createRequire(path.join(p.root, 'web/package.json'))('pdf-lib');
  const doc = await lib.PDFDocument.load(readFileSync(file));
  assert.equal(doc.getPageCount(), SLIDES);
  for (const [i, sheet] of doc.getPages().entries()) {
    const { width, height } = sheet.getSize();
    assert.equal(Math.round(width / height * 900), 1600);
    const objects = sheet.node.Resources().lookup(lib.PDFName.of('XObject'), lib.PDFDict);
    const [key] = objects.keys();
    const picture = objects.lookup(key);
    const dict = picture.dict;
    assert.equal(dict.get(lib.PDFName.of('Width')).asNumber(), 1920);
    assert.equal(dict.get(lib.PDFName.of('Height')).asNumber(), 1080);
    const rgb = lib.decodePDFRawStream(picture).decode();
    const name = `${String(i + 1).padStart(2, '0')}.png`;
    const same = await page.evaluate(async ([png, pixels]) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))]));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const other = Uint8Array.from(atob(pixels), (c) => c.charCodeAt(0));
      let different = 0;
      for (let k = 0; k < other.length / 3; ++k) {
        for (let c = 0; c < 3; ++c) if (Math.abs(data[4 * k + c] - other[3 * k + c]) > 2) different += 1;
      }
      return different / other.length;
    }, [Buffer.from(archive[name]).toString('base64'), Buffer.from(rgb).toString('base64')]);
    assert.ok(same < 0.001, `${name}: ${same}`);
  }
  // Text: two bytes a character, mapped to Unicode.
  let text = '';
  const contents = doc.getPages()[1].node.Contents();
  for (let i = 0; i < contents.size(); ++i) {
    const stream = contents.lookup(i);
    const code = Buffer.from(lib.decodePDFRawStream(stream).decode()).toString('latin1');
    for (const [, hex] of code.matchAll(/<([0-9a-f]+)> Tj/g)) {
      text += `${hex.match(/.{4}/g).map((h) => String.fromCharCode(parseInt(h, 16))).join('')}\n`;
    }
  }
  assert.ok(text.includes(deck.slides[1].title.zh), text.slice(0, 200));
  assert.ok(text.includes('演示数据'));
  try {
    const extracted = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    assert.ok(extracted.includes(deck.slides[1].title.zh));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error; // not installed here
  }

  const sheet = readFileSync(await save('roadshow.handout'), 'utf8');
  assert.equal(sheet.match(/<section>/g).length, SLIDES);
  assert.ok(sheet.includes('先报总数，再指出已逾期的两项。'));
  writeFileSync(path.join(folder, 'done'), '');
  // The app is back at the size of its window.
  await page.mouse.move(10, 10);
  await p.waitForNode(page, 'navigation', p.t('zh', 'nav.label'), (n) => Math.abs(n.height - 900) < 2);
  rmSync(folder, { recursive: true });
  await p.close(page);
});
