// The free layout of a large network in Chromium: how long it takes to settle, and what a frame
// costs meanwhile.
//
//   node tests/browser/network.bench.mjs
//
// The programme comes from `tongcheng generate`. Time to settle is wall time from the moment the
// network is asked for; the cost of a frame, and of a piece of work between two, is the time that
// the app measures itself: of the main thread, with what waits for the graphics process.

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
const ROUNDS = 3;
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

/** The CPU time of each frame drawn while `action` runs, and of each piece of work between them. */
async function measure(page, action) {
  await page.evaluate(() => window.tongcheng.forgetTimes());
  await action();
  return page.evaluate(() => ({
    times: [...window.tongcheng.cpuFrameMs], pieces: [...window.tongcheng.cpuPieceMs],
  }));
}

const arranging = /^Arranging/;

/** Opens the network as a chain, turns to the free layout, and waits until that has settled. */
async function settle(content) {
  const page = await p.openPage({ hash: 'network', lang: 'en', width: 1600, height: 900 });
  await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    window.tongcheng.openBytes('network.json', bytes);
  }, content);
  // What goes on by itself after opening (betweenness) is not part of the layout.
  await page.evaluate(() => window.tongcheng.settled());
  const button = await p.waitForNode(page, 'tab', p.t('en', 'network.free'));
  let seconds = 0;
  let begun = false;
  const cost = await measure(page, async () => {
    const begin = Date.now();
    await page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);
    for (;;) {
      const moves = (await status(page)).some((name) => arranging.test(name));
      begun ||= moves;
      if (begun && !moves) break;
      if (Date.now() - begin > CALM_SECONDS * 1000) throw new Error('it does not settle');
      await sleep(20);
    }
    seconds = (Date.now() - begin) / 1000;
  });
  return { page, seconds, ...cost };
}

try {
  const content = programme().toString('base64');
  const rounds = [];
  for (let i = 0; i < ROUNDS; ++i) {
    rounds.push(await settle(content));
    if (i + 1 < ROUNDS) await p.close(rounds[i].page);
  }
  const { page } = rounds.at(-1);
  const size = `${MEMBERS} members, ${LINKS} links`;
  const times = rounds.flatMap((round) => round.times);
  const pieces = rounds.flatMap((round) => round.pieces);
  report(`${size}: settled, median of ${ROUNDS}`, quantile(rounds.map((round) => round.seconds), 0.5), 's', MOST_SECONDS);
  report(`${size}: frames meanwhile, of all rounds`, times.length, '');
  report(`${size}: time of a frame, median`, quantile(times, 0.5), 'ms');
  report(`${size}: time of a frame, 95 %`, quantile(times, 0.95), 'ms', MOST_FRAME_MS);
  report(`${size}: time of a frame, longest`, quantile(times, 1), 'ms');
  report(`${size}: time of a piece between frames, 95 %`, quantile(pieces, 0.95), 'ms', MOST_FRAME_MS);
  report(`${size}: time of a piece between frames, longest`, quantile(pieces, 1), 'ms');

  await p.idle(page);
  const { times: panning } = await measure(page, async () => {
    await page.mouse.move(500, 500);
    await page.mouse.down();
    for (let i = 0; i < 60; ++i) {
      await page.mouse.move(500 + 5 * (i < 30 ? i : 60 - i), 500);
      await sleep(16);
    }
    await page.mouse.up();
  });
  report(`${size}: panning, time of a frame, 95 %`, quantile(panning, 0.95), 'ms', MOST_FRAME_MS);
  await page.mouse.move(500, 880);
  await p.idle(page);
  const drawn = await page.evaluate(() => window.tongcheng.frames);
  await sleep(1000);
  const idle = await page.evaluate(() => window.tongcheng.frames) - drawn;
  report(`${size}: frames in a second of rest`, idle, '', 0);
} finally {
  await p.closeAll();
}
process.exitCode = misses === 0 ? 0 : 1;
