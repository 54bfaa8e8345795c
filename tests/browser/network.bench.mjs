// The free layout of a large network in Chromium: how long it takes to settle, and what a frame
// costs meanwhile.
//
//   node tests/browser/network.bench.mjs
//
// The programme comes from `tongcheng generate`. Time to settle is wall time from the moment the
// network is asked for; a frame's cost is the CPU time that the app measures itself.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as p from './page.mjs';

const MEMBERS = 5000;
const LINKS = 20_000;
const MOST_SECONDS = 3;
const MOST_FRAME_MS = 16;
const CALM_SECONDS = 60;
const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
};
let misses = 0;

function report(name, value, unit, limit) {
  const missed = limit !== undefined && !(value <= limit);
  if (missed) misses += 1;
  const bound = limit === undefined ? '' : `  (at most ${limit})${missed ? '  MISSED' : ''}`;
  console.log(`${name.padEnd(64)} ${value.toFixed(2).padStart(9)} ${unit}${bound}`);
}

function programme() {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongcheng-'));
  const file = path.join(folder, 'network.json');
  execFileSync(process.env.TONGCHENG ?? path.join(p.buildDir, 'native/tongcheng'),
    ['generate', '--items', '10', '--members', String(MEMBERS), '--links', String(LINKS),
      '--seed', '5', '-o', file]);
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return bytes;
}

const status = (page) => page.evaluate(() =>
  window.tongcheng.describe().filter((node) => node.role === 'status').map((node) => node.name));

/** Frames drawn while `action` runs: how many, and the CPU time of each. */
async function frames(page, action) {
  const before = await page.evaluate(() => window.tongcheng.frames);
  await action();
  const [after, times] = await page.evaluate(() =>
    [window.tongcheng.frames, Array.from(window.tongcheng.cpuFrameMs)]);
  return times.slice(-Math.min(times.length, after - before));
}

try {
  const page = await p.openPage({ hash: 'network', lang: 'en', width: 1600, height: 900 });
  await page.evaluate(async (content) => {
    const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
    window.tongcheng.openBytes('network.json', bytes);
  }, programme().toString('base64'));
  // What goes on by itself after opening (betweenness) is not part of the layout.
  await page.evaluate(() => window.tongcheng.settled());
  const button = (await p.findAll(page, 'tab', p.t('en', 'network.free')))[0]
    ?? (await p.findAll(page, 'button', p.t('en', 'network.free')))[0]
    ?? (await p.findAll(page, 'option', p.t('en', 'network.free')))[0];
  if (button === undefined) throw new Error('there is no switch for the free layout');
  const arranging = /^Arranging/;
  let seconds = 0;
  let first = true;
  const times = await frames(page, async () => {
    const begin = Date.now();
    await page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);
    for (;;) {
      const now = await status(page);
      const moves = now.some((name) => arranging.test(name));
      if (moves) first = false;
      if (!moves && !first) break;
      if (Date.now() - begin > CALM_SECONDS * 1000) throw new Error('it does not settle');
      await sleep(20);
    }
    seconds = (Date.now() - begin) / 1000;
  });
  const size = `${MEMBERS} members, ${LINKS} links`;
  report(`${size}: settled after`, seconds, 's', MOST_SECONDS);
  report(`${size}: frames meanwhile`, times.length, '');
  report(`${size}: CPU time of a frame, median`, quantile(times, 0.5), 'ms');
  report(`${size}: CPU time of a frame, 95 %`, quantile(times, 0.95), 'ms', MOST_FRAME_MS);
  report(`${size}: CPU time of a frame, longest`, quantile(times, 1), 'ms');

  await p.idle(page);
  const panning = await frames(page, async () => {
    await page.mouse.move(500, 500);
    await page.mouse.down();
    for (let i = 0; i < 60; ++i) {
      await page.mouse.move(500 + 5 * (i < 30 ? i : 60 - i), 500);
      await sleep(16);
    }
    await page.mouse.up();
  });
  report(`${size}: panning, CPU time of a frame, 95 %`, quantile(panning, 0.95), 'ms', MOST_FRAME_MS);
  const drawn = await page.evaluate(() => window.tongcheng.frames);
  await p.idle(page);
  await sleep(1000);
  const idle = await page.evaluate(() => window.tongcheng.frames) - drawn;
  report(`${size}: frames in a second of rest`, idle, '', 5);
} finally {
  await p.closeAll();
}
process.exitCode = misses === 0 ? 0 : 1;
