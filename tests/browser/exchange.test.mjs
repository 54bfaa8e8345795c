// What the page saves is read by readers that others wrote: ical.js, and the stylesheet by which
// GNOME Planner imports Microsoft Project's XML.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as p from './page.mjs';

const require = createRequire(path.join(p.root, 'web/package.json'));
const { default: ICAL } = await import(pathToFileURL(require.resolve('ical.js')).href);
const plannerImport = '/usr/share/planner/stylesheets/msp2planner.xsl';

after(p.closeAll);

async function exported(page, lang, label) {
  await p.clickNode(page, 'button', p.t(lang, 'open.menu'));
  const [download] = await Promise.all([
    page.waitForEvent('download'), p.clickNode(page, 'button', label),
  ]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

for (const lang of ['zh', 'en']) {
  test(`ical.js reads the calendar (${lang})`, async () => {
    const page = await p.openPage({ lang, programme: 'demo' });
    const { name, bytes } = await exported(page, lang,
      lang === 'zh' ? '日历（iCalendar）' : 'Calendar (iCalendar)');
    await p.close(page);
    assert.equal(name, 'demo.ics');
    for (const line of bytes.toString('utf8').split('\r\n')) {
      assert.ok(Buffer.byteLength(line) <= 75 && !line.includes('\n'), line);
    }
    const calendar = new ICAL.Component(ICAL.parse(bytes.toString('utf8')));
    const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
    const programme = p.programme('demo');
    const wanted = new Map();
    for (const item of programme.items) {
      if (item.due) wanted.set(`demo/${item.code}/due@tongcheng`, [item.due, item.title]);
      for (const milestone of item.milestones ?? []) {
        if (!milestone.due) continue;
        wanted.set(`demo/${item.code}/milestone/${milestone.id}@tongcheng`,
          [milestone.due, milestone.title]);
      }
    }
    assert.ok(wanted.size > 100);
    assert.deepEqual(events.map((event) => event.uid).sort(), [...wanted.keys()].sort());
    for (const event of events) {
      const [day, title] = wanted.get(event.uid);
      assert.equal(event.startDate.toString(), day);
      assert.ok(event.startDate.isDate);
      assert.equal(event.endDate.subtractDate(event.startDate).toSeconds(), 86_400);
      assert.ok(event.summary.includes(title[lang]), `${event.summary} names ${title[lang]}`);
      assert.ok(event.summary.includes(lang === 'zh' ? '演示' : 'Demonstration'), event.summary);
    }
    const summaries = programme.items.map((item) => item.summary?.[lang]).filter(Boolean);
    const described = events.map((event) => event.description).join('\n');
    for (const text of summaries) assert.ok(described.includes(text), text);
  });
}

/** Attributes of the elements of that name, in order. */
function elements(xml, name) {
  const unescape = (text) => text.replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)))
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return [...xml.matchAll(new RegExp(`<${name}((?:\\s+[\\w-]+="[^"]*")*)\\s*/?>`, 'g'))].map(([, list]) =>
    Object.fromEntries([...list.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescape(value)])));
}

test('Planner reads what is saved for Microsoft Project', async () => {
  const page = await p.openPage({ lang: 'zh', programme: 'demo' });
  const { name, bytes } = await exported(page, 'zh', 'Microsoft Project（XML）');
  await p.close(page);
  assert.equal(name, 'demo.xml');
  const folder = mkdtempSync(path.join(tmpdir(), 'tongcheng-'));
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const xml = execFileSync('xsltproc', ['--nonet', plannerImport, file]).toString('utf8');
  rmSync(folder, { recursive: true });

  const tasks = elements(xml, 'task');
  const { items, areas } = p.programme('demo');
  const milestones = items.flatMap((item) => (item.milestones ?? []).map((m) => [item, m]));
  assert.equal(tasks.length, areas.length + items.length + milestones.length);
  const compact = (day) => day.replaceAll('-', '');
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const ids = new Map();
  for (const item of items) {
    const task = byName.get(item.title.zh);
    assert.ok(task, item.title.zh);
    ids.set(task.id, item.code);
    assert.equal(task.type, 'normal');
    if (item.started) assert.equal(task.start, `${compact(item.started)}T080000Z`, item.code);
    if (item.finished) {
      assert.equal(task.end, `${compact(item.finished)}T170000Z`, item.code);
      assert.equal(task['percent-complete'], '100', item.code);
    }
    assert.ok(task.note.includes(item.summary.zh), item.code);
  }
  for (const [item, milestone] of milestones) {
    const task = [...byName.values()].find((candidate) =>
      candidate.type === 'milestone' && candidate.name.includes(milestone.title.zh) &&
      candidate.name.includes(item.title.zh));
    assert.ok(task, milestone.title.zh);
    if (milestone.finished) assert.equal(task.end, `${compact(milestone.finished)}T170000Z`);
  }
  // Who waits for whom; lags are in tenths of minutes there, and eight hours make a day.
  const links = [...xml.matchAll(/<task id="(\d+)"[^>]*>\s*<predecessors>(.*?)<\/predecessors>/gs)]
    .filter(([, id]) => ids.has(id))
    .flatMap(([, id, list]) => elements(list, 'predecessor').map((link) =>
      `${ids.get(id)} ${link.type} ${ids.get(link['predecessor-id'])}`));
  const wanted = new Set(items.flatMap((item) => {
    const seen = new Set();
    return (item.dependsOn ?? []).filter((d) => !seen.has(d.item) && seen.add(d.item))
      .map((d) => `${item.code} ${d.type} ${d.item}`);
  }));
  assert.ok(wanted.size > 20);
  assert.deepEqual(links.filter((link) => !link.includes('undefined')).sort(), [...wanted].sort());
});
