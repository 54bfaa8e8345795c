// Measures the site in $SITE (build/site) against the limits that it is built for.
//
//   node tests/browser/bench.mjs
//
// Times within a frame are the CPU's, from the frame's start until its last WebGL call. Where the
// browser renders in software, its threads compete for the same processors.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as p from './page.mjs';

const VISITS = 7;
const ITEMS = 10_000;
const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
};

let misses = 0;
function report(what, value, unit, limit) {
  const missed = limit !== undefined && value > limit;
  misses += missed ? 1 : 0;
  const against = limit === undefined ? '' : `  limit ${limit} ${unit}${missed ? '  MISSED' : ''}`;
  console.log(`${what.padEnd(58)} ${value.toFixed(unit === 'ms' ? 2 : 0).padStart(9)} ${unit}${against}`);
}

async function measureVisits() {
  const times = [];
  for (let i = 0; i < VISITS; ++i) {
    const page = await p.openPage();
    times.push(await page.evaluate(() => performance.getEntriesByName('tongcheng-ready')[0].startTime));
    await p.close(page);
  }
  report(`Navigation to the first frame with data, median of ${VISITS}`, quantile(times, 0.5), 'ms', 1200);
}

async function measureIdle() {
  const page = await p.openPage();
  await sleep(1000);
  const before = await page.evaluate(() => window.tongcheng.frames);
  await sleep(5000);
  report('Frames in 5 idle seconds', await page.evaluate(() => window.tongcheng.frames) - before, 'frames', 0);
  await p.close(page);
}

/** Does something and returns the CPU times of the frames that it led to. */
async function frameTimes(page, action) {
  await p.idle(page);
  const before = await page.evaluate(() => window.tongcheng.frames);
  await action();
  await p.idle(page);
  return page.evaluate((n) => window.tongcheng.cpuFrameMs.slice(n - window.tongcheng.frames), before);
}

async function measureLarge() {
  const generator = path.join(p.buildDir, 'native/tongcheng');
  if (!existsSync(generator)) {
    console.log(`no ${generator}: the large programme is left out`);
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'tongcheng-'));
  const file = path.join(folder, 'large.json');
  execFileSync(generator, ['generate', '--items', String(ITEMS), '--seed', '1', '-o', file]);
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });

  const page = await p.openPage({ hash: 'items' });
  const open = await page.evaluate(async (content) => {
    const data = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
    const begin = performance.now();
    window.tongcheng.openBytes('large.json', data);
    await window.tongcheng.settled();
    return performance.now() - begin;
  }, bytes.toString('base64'));
  report(`Opening ${ITEMS} items until they are on the screen`, open, 'ms');
  await p.waitForNode(page, 'row');

  const row = await p.find(page, 'row');
  await page.mouse.move(row.x + 100, row.y + 5);
  const scrolling = await frameTimes(page, async () => {
    for (let i = 0; i < 150; ++i) {
      await page.mouse.wheel(0, i < 100 ? 240 : -180);
      await sleep(16);
    }
  });
  report(`Scrolling ${ITEMS} items, CPU time of a frame, median`, quantile(scrolling, 0.5), 'ms', 4);
  report(`Scrolling ${ITEMS} items, CPU time of a frame, 95 %`, quantile(scrolling, 0.95), 'ms');

  await p.clickNode(page, 'textbox', p.t('zh', 'items.search'));
  const filtering = await frameTimes(page, async () => {
    for (const word of ['a', '项目', '01', 'alliance']) {
      for (const character of word) {
        await page.keyboard.insertText(character);
        await p.idle(page);
      }
      for (let i = 0; i < Array.from(word).length; ++i) {
        await page.keyboard.press('Backspace');
        await p.idle(page);
      }
    }
  });
  report(`Filtering ${ITEMS} items, CPU time of a frame, median`, quantile(filtering, 0.5), 'ms', 4);
  report(`Filtering ${ITEMS} items, CPU time of a frame, 95 %`, quantile(filtering, 0.95), 'ms');
  report(`Filtering ${ITEMS} items, CPU time of a frame, longest`, quantile(filtering, 1), 'ms');

  // Drags the end of a bar to and fro: each step reschedules what depends on it and draws the preview.
  await p.clickNode(page, 'tab', p.t('zh', 'roadmap.title'));
  const bars = (await p.findAll(page, 'img')).filter((node) => node.width > 20 && node.height > 6);
  if (bars.length === 0) throw new Error('the roadmap shows no bars');
  let longest = [];
  let dragged = 0;
  for (const bar of bars.slice(0, 12)) {
    const at = { x: bar.x + bar.width - 3, y: bar.y + bar.height / 2 };
    await page.mouse.move(at.x, at.y);
    const times = await frameTimes(page, async () => {
      await page.mouse.down();
      for (let i = 1; i <= 30; ++i) {
        await page.mouse.move(at.x + 12 * (i <= 20 ? i : 40 - i), at.y);
        await sleep(16);
      }
      await page.mouse.up();
    });
    // What is finished stays; dragging there pans.
    const reset = await p.find(page, 'button', p.t('zh', 'roadmap.reset'));
    if (reset === undefined) continue;
    dragged += 1;
    longest = longest.concat(times);
    await p.clickNode(page, 'button', p.t('zh', 'roadmap.reset'));
  }
  if (dragged === 0) throw new Error('no bar could be dragged');
  report(`Dragging a bar among ${ITEMS}, CPU time of a frame, median`, quantile(longest, 0.5), 'ms');
  report(`Dragging a bar among ${ITEMS}, CPU time of a frame, 95 %`, quantile(longest, 0.95), 'ms', 16);
  await p.close(page);
}

try {
  await measureVisits();
  await measureIdle();
  await measureLarge();
} finally {
  await p.closeAll();
}
process.exitCode = misses === 0 ? 0 : 1;
