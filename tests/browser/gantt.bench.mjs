// The roadmap against two well-known Gantt charts in the same browser with the same 5,000 tasks.
//
//   node tests/browser/gantt.bench.mjs
//
// First paint: handing over the tasks until the chart is on the screen. All get the same text, a
// programme that has of its tasks what all three show, and read it in that time. The roadmap also
// checks and schedules it. A pan step: the mean of many, each in a frame of its own. Peers are set
// up in the way that is fastest for them: frappe-gantt as it comes, vis-timeline with one group a
// lane and its items not stacked. A line apart tells what the roadmap takes for the whole programme
// that the tasks are from, with its milestones, actual dates and titles in two languages.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as p from './page.mjs';

const TASKS = 5000;
const STEPS = 60;
const ROUNDS = 3;
const LEAST_RATIO = 10;
// vis-timeline neither draws milestones, links nor rows, and scripts warm up sooner than WebAssembly,
// of which a first paint is a first run: the same file opens in half the time from then on.
const LEAST_PAINT_RATIO = { 'vis-timeline': 4 };
const modules = path.join(p.root, 'web/node_modules');
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The tasks' file and the one of the programme that they are from. */
function programmes() {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongcheng-'));
  const file = path.join(folder, 'tasks.json');
  execFileSync(path.join(p.buildDir, 'native/tongcheng'),
    ['generate', '--items', String(TASKS), '--seed', '5', '-o', file]);
  const whole = readFileSync(file);
  rmSync(folder, { recursive: true });
  const programme = JSON.parse(whole.toString('utf8'));
  programme.items = programme.items.map(
    ({ code, title, area, status, leads, start, due, progress, dependsOn }) =>
      ({ code, title: { en: title.en }, area, status, leads, start, due, progress, dependsOn }));
  return { whole, tasks: Buffer.from(JSON.stringify(programme)) };
}

/**
 * Milliseconds that the page's main thread is busy while `action` (a function in the page) runs:
 * scripts, style, layout and painting. Waiting and the rasterising of other threads don't count,
 * as they hang on the graphics hardware, of which a test machine has none.
 */
async function busyTime(page, action, argument) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
  };
  const before = await read();
  const result = await page.evaluate(action, argument);
  const time = await read() - before;
  await session.detach();
  return { time, result };
}

/** Pans to and fro, each step in a frame of its own; `step` lives in the page as `window.step`. */
async function panStep(page) {
  const { time } = await busyTime(page, async (steps) => {
    const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
    for (let i = 0; i < steps; ++i) {
      window.step(i < steps / 2 ? 40 : -40);
      await frame();
    }
    await frame();
  }, STEPS);
  return time / STEPS;
}

async function measureOwn(bytes) {
  const page = await p.openPage({ hash: 'roadmap', lang: 'en', width: 1600, height: 900 });
  await page.evaluate((content) => {
    window.bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  }, bytes.toString('base64'));
  const { time: paint } = await busyTime(page, async () => {
    window.tongcheng.openBytes('tasks.json', window.bytes);
    await window.tongcheng.settled();
  });
  const rows = (await p.findAll(page, 'row')).length;
  if (rows < 10) throw new Error('the roadmap shows no rows');
  await page.mouse.move(1100, 500);
  await p.idle(page);
  await page.evaluate(() => {
    const at = { bubbles: true, cancelable: true, clientX: 1100, clientY: 500 };
    const canvas = document.getElementById('canvas');
    window.step = (by) => canvas.dispatchEvent(new WheelEvent('wheel', { ...at, deltaX: by }));
  });
  const frames = await page.evaluate(() => window.tongcheng.frames);
  const step = await panStep(page);
  const drawn = await page.evaluate(() => window.tongcheng.frames) - frames;
  if (drawn < STEPS) throw new Error(`only ${drawn} of ${STEPS} steps were drawn`);
  await p.close(page);
  return { paint, step };
}

/** A page that holds nothing but the peer's script and style. */
async function peerPage(script, style) {
  const page = await p.openPage({ wait: false, width: 1600, height: 900 });
  await page.goto('about:blank');
  await page.setContent('<!doctype html><body style="margin:0"><div id="host"></div>');
  await page.addStyleTag({ path: path.join(modules, style) });
  await page.addScriptTag({ path: path.join(modules, script) });
  return page;
}

async function measureFrappe(text) {
  const page = await peerPage('frappe-gantt/dist/frappe-gantt.umd.js', 'frappe-gantt/dist/frappe-gantt.css');
  await page.evaluate((given) => { window.text = given; }, text);
  const { time: paint, result: tasks } = await busyTime(page, async () => {
    const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
    const data = JSON.parse(window.text).items.map((item) => ({
      id: item.code, name: item.title.en, start: item.start, end: item.due,
      progress: item.progress ?? 0, dependencies: (item.dependsOn ?? []).map((d) => d.item),
    }));
    window.gantt = new window.Gantt('#host', data, { view_mode: 'Day', container_height: 900 });
    await frame();
    await frame();
    return data.length;
  });
  const bars = await page.evaluate(() => {
    const box = document.querySelector('.gantt-container');
    window.step = (by) => { box.scrollLeft += by; };
    return document.querySelectorAll('.bar-wrapper').length;
  });
  if (bars !== tasks) throw new Error(`frappe-gantt drew ${bars} bars`);
  const step = await panStep(page);
  await p.close(page);
  return { paint, step };
}

async function measureVis(text) {
  const page = await peerPage('vis-timeline/standalone/umd/vis-timeline-graph2d.min.js',
    'vis-timeline/styles/vis-timeline-graph2d.min.css');
  await page.evaluate((given) => { window.text = given; }, text);
  const { time: paint } = await busyTime(page, async () => {
    const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
    const { items, areas } = JSON.parse(window.text);
    const data = items.map((item) => ({
      id: item.code, group: item.area, content: item.title.en, start: item.start, end: item.due,
    }));
    const lanes = areas.map((area) => ({ id: area.id, content: area.title.en }));
    await new Promise((resolve) => {
      window.timeline = new window.vis.Timeline(document.getElementById('host'),
        new window.vis.DataSet(data), new window.vis.DataSet(lanes), {
          height: 900, stack: false, onInitialDrawComplete: resolve,
        });
    });
    await frame();
    await frame();
  });
  const bars = await page.evaluate(() => {
    window.step = (by) => {
      const { start, end } = window.timeline.getWindow();
      const span = (end - start) * by / 1600;
      window.timeline.setWindow(+start + span, +end + span, { animation: false });
    };
    return document.querySelectorAll('.vis-item').length;
  });
  if (bars < 10) throw new Error(`vis-timeline drew ${bars} bars`);
  const step = await panStep(page);
  await p.close(page);
  return { paint, step };
}

const { whole, tasks } = programmes();
const text = tasks.toString('utf8');
if (JSON.parse(text).items.some((item) => !item.start || !item.due)) throw new Error('a task has no dates');
const charts = [
  ['Tongcheng', () => measureOwn(tasks)],
  ['frappe-gantt', () => measureFrappe(text)],
  ['vis-timeline', () => measureVis(text)],
  ['Tongcheng, whole programme', () => measureOwn(whole)],
];
let missed = false;
try {
  const results = new Map(charts.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; ++round) {
    for (const [name, measure] of charts) results.get(name).push(await measure());
  }
  const own = results.get('Tongcheng');
  console.log(`${TASKS} tasks, medians of ${ROUNDS}            first paint     ratio    pan step     ratio`);
  for (const [name, rounds] of results) {
    const [paint, step] = ['paint', 'step'].map((key) => median(rounds.map((r) => r[key])));
    const ratios = ['paint', 'step'].map((key) =>
      median(rounds.map((r) => r[key])) / median(own.map((r) => r[key])));
    const limits = [LEAST_PAINT_RATIO[name] ?? LEAST_RATIO, LEAST_RATIO];
    if (!name.startsWith('Tongcheng') && ratios.some((ratio, i) => ratio < limits[i])) {
      missed = true;
      console.log(`${name}: below ${limits.join(' and ')}  MISSED`);
    }
    console.log(`${name.padEnd(32)} ${paint.toFixed(0).padStart(9)} ms ${ratios[0].toFixed(1).padStart(8)}` +
      ` ${step.toFixed(2).padStart(9)} ms ${ratios[1].toFixed(1).padStart(8)}`);
  }
} finally {
  await p.closeAll();
}
process.exitCode = missed ? 1 : 0;
