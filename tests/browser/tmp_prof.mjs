import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import * as p from './page.mjs';
execFileSync(p.buildDir + '/native/tongcheng', ['generate', '--items', '5000', '--seed', '5', '-o', '/tmp/t5.json']);
const programme = JSON.parse(readFileSync('/tmp/t5.json', 'utf8'));
programme.items = programme.items.map(({ code, title, area, status, leads, start, due, progress, dependsOn }) => ({ code, title: { en: title.en }, area, status, leads, start, due, progress, dependsOn }));
const bytes = Buffer.from(JSON.stringify(programme));
console.log('bytes', bytes.length);
const page = await p.openPage({ hash: 'roadmap', lang: 'en', width: 1600, height: 900 });
await page.evaluate((c) => { window.bytes = Uint8Array.from(atob(c), (x) => x.charCodeAt(0)); }, bytes.toString('base64'));
const s = await page.context().newCDPSession(page);
await s.send('Performance.enable', { timeDomain: 'threadTicks' });
const read = async () => Object.fromEntries((await s.send('Performance.getMetrics')).metrics.map((m) => [m.name, m.value]));
if (process.argv[2] === 'prof') { await s.send('Profiler.enable'); await s.send('Profiler.setSamplingInterval', { interval: 200 }); }
for (let k = 0; k < 4; ++k) {
  await page.evaluate(() => window.tongcheng.forgetTimes());
  if (process.argv[2] === 'prof' && k === 0) await s.send('Profiler.start');
  const a = await read();
  const w = await page.evaluate(async () => { const t = performance.now(); window.tongcheng.openBytes('tasks.json', window.bytes); await window.tongcheng.settled(); return performance.now() - t; });
  const b = await read();
  const t = await page.evaluate(() => [window.tongcheng.cpuPieceMs.map((x) => +x.toFixed(1)), window.tongcheng.cpuFrameMs.map((x) => +x.toFixed(1))]);
  console.log(k, 'task', ((b.TaskDuration - a.TaskDuration) * 1000).toFixed(0), 'script', ((b.ScriptDuration - a.ScriptDuration) * 1000).toFixed(0), 'wall', w.toFixed(0), JSON.stringify(t));
  if (process.argv[2] === 'prof' && k === 0) { const { profile } = await s.send('Profiler.stop'); writeFileSync('/tmp/prof.cpuprofile', JSON.stringify(profile)); }
}
process.exit(0);
