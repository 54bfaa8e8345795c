// What the browser tests share: one Chromium, pages of the site in it, and the app as its
// semantics describe it (`tongcheng.describe()`).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const web = createRequire(path.join(root, 'web/package.json'));
const { chromium } = web('playwright-core');
const { serve } = await import(path.join(root, 'web/serve.mjs'));

export const site = path.resolve(root, process.env.SITE ?? 'build/site');
export const buildDir = path.join(root, 'build');

const read = (language) =>
  JSON.parse(readFileSync(path.join(root, `assets/i18n/${language}.json`), 'utf8'));
const texts = { zh: read('zh'), en: read('en') };

/** The interface's text of that key. */
export function t(language, key) {
  const text = texts[language][key];
  if (text === undefined) throw new Error(`no text '${key}' in assets/i18n/${language}.json`);
  return text;
}

/** A fresh copy of a programme of the site; without an id, of the one that opens by default. */
export function programme(id = 'hubao-2024') {
  return JSON.parse(readFileSync(path.join(site, `programmes/${id}.json`), 'utf8'));
}

let browser = null;
let moreFlags = [];
const servers = new Map();

/** Flags for the browser besides the usual ones; before the first page opens. */
export function browserFlags(...flags) {
  moreFlags = flags;
}

async function start() {
  browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader', ...moreFlags],
  });
  return browser;
}

export async function siteUrl(base = '/') {
  if (!servers.has(base)) servers.set(base, serve(site, { base }));
  return (await servers.get(base)).url;
}

/** Ends the browser and the servers; call it when a file's tests are done. */
export async function closeAll() {
  await (await browser)?.close();
  browser = null;
  for (const server of servers.values()) await (await server).close();
  servers.clear();
}

/**
 * A page of the site in a fresh context, ready for input. `page.faults` gathers console errors,
 * exceptions, failed requests and requests to other servers.
 */
export async function openPage({
  lang = 'zh', programme, theme = 'light', scale = 1, base = '/', width = 1440, height = 900,
  locale, hash = '', wait = true, permissions = [], prepare, tour = false, ...more
} = {}) {
  const url = new URL(await siteUrl(base));
  if (lang) url.searchParams.set('lang', lang);
  if (programme) url.searchParams.set('programme', programme);
  if (theme) url.searchParams.set('theme', theme);
  url.hash = hash;
  const context = await (await start()).newContext({
    viewport: { width, height }, deviceScaleFactor: scale, locale, permissions, ...more,
  });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error') page.faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => page.faults.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => {
    page.faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) page.faults.push(`HTTP ${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (!['data:', 'blob:'].includes(address.protocol) && address.origin !== url.origin) {
      page.faults.push(`third party: ${request.url()}`);
    }
  });
  // A test can't answer these dialogs of the system; without them the page takes the older ways.
  await page.addInitScript(() => {
    window.showOpenFilePicker = undefined;
    window.showSaveFilePicker = undefined;
  });
  // Nobody is shown around, but where that is what is tested.
  if (!tour) {
    await page.addInitScript(() => {
      try {
        localStorage.setItem('tongcheng.tour', 'done');
      } catch { /* a page without storage */ }
    });
  }
  if (prepare) await prepare(page, context);
  await page.goto(url.href, { waitUntil: 'commit' });
  if (wait) {
    await page.waitForFunction(() => window.tongcheng !== undefined);
    await page.evaluate(() => window.tongcheng.ready);
    await idle(page);
  }
  return page;
}

export async function close(page) {
  await page.context().close();
}

/** Resolves when nothing is left to draw. */
export async function idle(page) {
  await page.evaluate(() => window.tongcheng.settled());
}

export async function describe(page) {
  await idle(page);
  return page.evaluate(() => window.tongcheng.describe());
}

const fits = (wanted, text) =>
  wanted === undefined || (wanted instanceof RegExp ? wanted.test(text) : wanted === text);

/** The nodes of that role (and name: a text or a regular expression). */
export async function findAll(page, role, name) {
  return (await describe(page)).filter((node) => node.role === role && fits(name, node.name));
}

/** The first of these, or undefined. */
export async function find(page, role, name) {
  return (await findAll(page, role, name))[0];
}

/** Waits until `condition` of the nodes is true and returns its value. */
export async function waitFor(page, condition, what = String(condition), timeout = 15_000) {
  const end = Date.now() + timeout;
  for (;;) {
    const nodes = await describe(page);
    const value = condition(nodes);
    if (value) return value;
    if (Date.now() > end) {
      const seen = nodes.map((n) => `${n.role} '${n.name}'${n.value ? ` = '${n.value}'` : ''}`);
      throw new Error(`waited in vain for ${what}; the page shows:\n${seen.join('\n')}`);
    }
    await new Promise((resolve) => { setTimeout(resolve, 30); });
  }
}

export async function waitForNode(page, role, name, more = () => true) {
  return waitFor(page, (nodes) =>
    nodes.find((n) => n.role === role && fits(name, n.name) && more(n)), `${role} '${name}'`);
}

/** What the page shows once this is among it, although it doesn't come to rest. */
export const sighted = (page, wanted) => page.evaluate((like) => new Promise((resolve) => {
  const timer = setInterval(() => {
    const nodes = window.tongcheng.describe();
    if (!nodes.some((n) => Object.entries(like).every(([key, value]) => n[key] === value))) return;
    clearInterval(timer);
    resolve(nodes);
  }, 10);
}), wanted);

export async function clickNode(page, role, name, options = {}) {
  const node = await waitForNode(page, role, name);
  await page.mouse.click(node.x + node.width / 2, node.y + node.height / 2, options);
  await idle(page);
  return node;
}

/** Composes a text as an input method does: the steps, then the final text. */
export async function compose(page, steps, text) {
  const session = await page.context().newCDPSession(page);
  for (const step of steps) {
    await session.send('Input.imeSetComposition', {
      text: step, selectionStart: step.length, selectionEnd: step.length,
    });
  }
  await session.send('Input.insertText', { text });
  await session.detach();
  await idle(page);
}

/** Drops a file on the page, the way the browser reports it. */
export async function drop(page, name, bytes) {
  const transfer = await page.evaluateHandle(([fileName, content]) => {
    const data = new DataTransfer();
    const binary = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
    data.items.add(new File([binary], fileName, { type: 'application/json' }));
    return data;
  }, [name, Buffer.from(bytes).toString('base64')]);
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('#canvas', type, { dataTransfer: transfer });
  }
  await transfer.dispose();
}

/**
 * Asserts that this text begins at (x, y), pixel by pixel as the browser rasterises its characters:
 * dark ink on a white ground, nothing resampled. Lengths are CSS pixels.
 */
export async function assertText(page, text, { x, y, size, weight, scale = 1 }) {
  const image = (await page.screenshot()).toString('base64');
  const faults = await page.evaluate(async ([source, characters, left, top, em, boldness]) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${source}`;
    await picture.decode();
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    const found = [];
    let pen = left;
    for (const character of characters) {
      const glyph = window.tongcheng.rasterise(character.codePointAt(0), em, boldness);
      const at = pen;
      pen += Math.round(glyph.advance);
      if (glyph.width === 0) continue;
      const { data } = context.getImageData(at + glyph.x,
        top + Math.round(0.88 * em) + glyph.y, glyph.width, glyph.height);
      const ink = Array.from(glyph.rgba).filter((_, i) => i % 4 === 3);
      const shown = ink.map((_, i) => 255 - data[i * 4]);
      const darkness = Math.max(...shown) / Math.max(...ink);
      const off = Math.max(...shown.map((value, i) => Math.abs(value - ink[i] * darkness)));
      if (!(darkness > 0.5 && off <= 3)) found.push({ character, at, off, darkness });
    }
    return found;
  }, [image, Array.from(text), Math.round(x * scale), Math.round(y * scale),
    Math.round(size * scale), weight]);
  assert.deepEqual(faults, [], `'${text}' at ${x}, ${y}`);
}
