// A board with 100,000 entries in its ledger, against the limits that it is built for.
//
//   node tests/browser/ledger.bench.mjs
//
// Opening: handing over the file until everything is drawn. Coming back: the same from IndexedDB,
// where the entries are kept. An edit: what the page's main thread does for one undo or redo, each
// of which is an entry, until it is drawn and kept; with few and with many entries in turn, so that
// the machine's load weighs on both alike.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as p from './page.mjs';

const FEW = 1000;
const MANY = 100_000;
const ROUNDS = 5;
const EDITS = 20;
const OPEN_LIMIT = 2500;
const RATIO_LIMIT = 2;
const AUTHOR = '测试员';
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

let missed = false;
function report(what, value, unit, limit) {
  const over = limit !== undefined && value > limit;
  missed ||= over;
  const against = limit === undefined ? '' : `  limit ${limit} ${unit}${over ? '  MISSED' : ''}`;
  console.log(`${what.padEnd(58)} ${value.toFixed(unit === 'ms' ? 1 : 2).padStart(9)} ${unit}${against}`);
}

function board(entries) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongcheng-'));
  const file = path.join(folder, 'board.tongcheng.jsonl');
  execFileSync(path.join(p.buildDir, 'native/tongcheng'),
    ['generate', '--items', '30', '--entries', String(entries), '--seed', '1', '-o', file]);
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return bytes;
}

/** Lets `page.evaluate` see the file as `window.bytes`. */
async function hand(page, bytes) {
  await page.evaluate(() => new Promise((resolve) => {
    const field = document.createElement('input');
    field.type = 'file';
    field.id = 'handed';
    document.body.append(field);
    resolve();
  }));
  await page.setInputFiles('#handed', { name: 'board.jsonl', mimeType: 'text/plain', buffer: bytes });
  await page.evaluate(async () => {
    const field = document.getElementById('handed');
    window.bytes = new Uint8Array(await field.files[0].arrayBuffer());
    field.remove();
  });
}

const openBytes = (page) => page.evaluate(async () => {
  const start = performance.now();
  window.tongcheng.openBytes('board.tongcheng.jsonl', window.bytes);
  await window.tongcheng.settled();
  return performance.now() - start;
});

async function mainThread(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
  };
}

/** A page with the file open, ready for edits of one item whose details are shown. */
async function editor(bytes) {
  const page = await p.openPage({
    hash: 'items', lang: 'en',
    prepare: (it) => it.addInitScript((name) => {
      localStorage.setItem('tongcheng.author', name);
    }, AUTHOR),
  });
  await hand(page, bytes);
  const open = await openBytes(page);
  await page.evaluate(() => window.tongcheng.kept());
  const row = (await p.findAll(page, 'row'))[0];
  await p.clickNode(page, 'row', row.name);
  await p.clickNode(page, 'button', p.t('en', 'edit'));
  await p.clickNode(page, 'textbox', p.t('en', 'form.progress'));
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('37');
  await p.idle(page);
  const start = await page.evaluate(() => performance.now());
  await p.clickNode(page, 'button', p.t('en', 'form.save'));
  await p.waitForNode(page, 'status', /37/);
  await page.evaluate(() => window.tongcheng.kept());
  const first = await page.evaluate((since) => performance.now() - since, start);
  await page.mouse.move(5, 700);
  return { page, open, first, time: await mainThread(page), undone: false };
}

async function edits(one, count) {
  await one.page.bringToFront();
  await p.idle(one.page);
  const before = await one.time();
  for (let i = 0; i < count; ++i) {
    await one.page.keyboard.press(one.undone ? 'Control+y' : 'Control+z');
    one.undone = !one.undone;
    await p.idle(one.page);
    await one.page.evaluate(() => window.tongcheng.kept());
  }
  return (await one.time() - before) / count;
}

/** Opens the kept board from the list of those that are kept. */
async function comeBack(page) {
  await p.clickNode(page, 'button', p.t('en', 'open.menu'));
  await p.clickNode(page, 'button', p.t('en', 'open.hubao'));
  await p.waitForNode(page, 'heading', p.programme().title.en);
  await page.evaluate(() => window.tongcheng.kept());
  await page.evaluate(() => { window.location.hash = '#history'; });
  await p.idle(page);
  await p.clickNode(page, 'button', p.t('en', 'open.menu'));
  const start = Date.now();
  await p.clickNode(page, 'button', /^生成的演示数据/);
  await p.waitForNode(page, 'row', /./);
  return Date.now() - start;
}

const [fewBytes, manyBytes] = [board(FEW), board(MANY)];
try {
  const opens = [];
  for (let i = 0; i < ROUNDS; ++i) {
    const page = await p.openPage({ hash: 'items', lang: 'en' });
    await hand(page, manyBytes);
    opens.push(await openBytes(page));
    if ((await p.findAll(page, 'row')).length === 0) throw new Error('nothing was opened');
    await p.close(page);
  }
  report(`Opening ${MANY} entries, median of ${ROUNDS}`, median(opens), 'ms', OPEN_LIMIT);

  const few = await editor(fewBytes);
  const many = await editor(manyBytes);
  report(`The first edit of a file, all kept with it, ${FEW} entries`, few.first, 'ms');
  report(`The first edit of a file, all kept with it, ${MANY} entries`, many.first, 'ms');
  await edits(few, 4);
  await edits(many, 4);
  const costs = { few: [], many: [] };
  for (let i = 0; i < ROUNDS; ++i) {
    costs.few.push(await edits(few, EDITS));
    costs.many.push(await edits(many, EDITS));
  }
  report(`CPU of an edit with ${FEW} entries, median of ${ROUNDS}`, median(costs.few), 'ms');
  report(`CPU of an edit with ${MANY} entries, median of ${ROUNDS}`, median(costs.many), 'ms');
  report('Ratio of the two', median(costs.many) / median(costs.few), 'times', RATIO_LIMIT);

  const returns = [];
  for (let i = 0; i < ROUNDS; ++i) returns.push(await comeBack(many.page));
  report(`Coming back from IndexedDB, ${MANY} entries, median of ${ROUNDS}`, median(returns), 'ms', OPEN_LIMIT);
  if (many.page.faults.length > 0) throw new Error(many.page.faults.join('\n'));
} finally {
  await p.closeAll();
}
process.exitCode = missed ? 1 : 0;
