// What the mirror for assistive technology adds to the work of a frame: the same work with and
// without it by turns, in one page. Prints JSON with `--json`.

import { openPage, closeAll, idle } from './page.mjs';

const ROUNDS = 3;
// Of what a frame costs without it. From page to page all of the mirror changes; that is done while
// the page is idle, and printed without a limit.
const MOST = 1.1;
const STEPS = 60;

const page = await openPage({ programme: 'demo', hash: 'items', lang: 'en', height: 900 });
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const metric = async (name) =>
  (await session.send('Performance.getMetrics')).metrics.find((each) => each.name === name).value;

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

const works = {
  /** The list scrolls: rows come and go in every frame. */
  async scroll() {
    await page.mouse.move(700, 500);
    // From within the page, since a message for each would leave pauses that scrolling hasn't got.
    await page.evaluate(async (steps) => {
      for (let i = 0; i < steps; ++i) {
        const deltaY = i % 30 < 15 ? 20 : -20;
        document.getElementById('canvas').dispatchEvent(new WheelEvent('wheel', { deltaY, cancelable: true }));
        await new Promise((resolve) => { requestAnimationFrame(resolve); });
      }
    }, STEPS);
  },
  /** The pointer moves over rows: nothing that is said changes. */
  async hover() {
    for (let i = 0; i < STEPS; ++i) {
      await page.mouse.move(500 + (i % 30), 250 + 8 * (i % 60));
      await sleep(16);
    }
  },
  /** From page to page. */
  async pages() {
    for (const id of ['overview', 'roadmap', 'schedule', 'network', 'policies', 'matching', 'history',
      'items']) {
      await page.evaluate((hash) => { window.location.hash = hash; }, id);
      await idle(page);
      await sleep(400);
    }
  },
};

/** Milliseconds of the page's thread, and frames. */
async function measure(work) {
  await idle(page);
  await sleep(500);
  const frames = await page.evaluate(() => window.tongcheng.frames);
  const before = await metric('TaskDuration');
  await work();
  await idle(page);
  await sleep(500);
  const spent = 1000 * (await metric('TaskDuration') - before);
  return { spent, frames: await page.evaluate(() => window.tongcheng.frames) - frames };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const results = {};
const wanted = process.argv.find((each) => each in works);
for (const [name, work] of Object.entries(works)) {
  if (wanted !== undefined && name !== wanted) continue;
  const times = { on: [], off: [] };
  const own = { milliseconds: 0, frames: 0, cpu: 0 };
  for (let round = 0; round <= ROUNDS; ++round) {
    // Whichever is first changes, so that nothing that warms up is charged to one of them.
    for (const on of round % 2 === 0 ? [true, false] : [false, true]) {
      await page.evaluate((wanted) => window.tongcheng.mirror(wanted), on);
      await page.evaluate(() => window.tongcheng.forgetTimes());
      const spentBefore = await page.evaluate(() => window.tongcheng.mirrorMs);
      const { spent, frames } = await measure(work);
      if (round === 0) continue;
      times[on ? 'on' : 'off'].push(spent / frames);
      if (on) {
        own.milliseconds += await page.evaluate(() => window.tongcheng.mirrorMs) - spentBefore;
        own.frames += frames;
      }
    }
  }
  results[name] = {
    msPerFrameWithout: median(times.off),
    msPerFrameWith: median(times.on),
    ratio: median(times.on) / median(times.off),
    mirrorMsPerFrame: own.milliseconds / own.frames,
  };
}
await closeAll();
if (['scroll', 'hover'].some((name) => results[name]?.ratio > MOST)) process.exitCode = 1;
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(results, null, 2));
} else {
  for (const [name, r] of Object.entries(results)) {
    console.log(`${name}: ${r.msPerFrameWithout.toFixed(2)} ms a frame without, ${
      r.msPerFrameWith.toFixed(2)} ms with the mirror, ratio ${r.ratio.toFixed(3)} (of it the DOM ${
      r.mirrorMsPerFrame.toFixed(3)} ms)`);
  }
}
