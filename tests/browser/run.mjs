// Runs the browser tests against the site in $SITE (build/site).
//
//   node tests/browser/run.mjs [PART OF A NAME]

import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const [filter] = process.argv.slice(2);
const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).sort()
  .map((name) => path.join(here, name));
const escaped = filter?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

let passed = 0;
let failed = 0;
const isTest = (event) => event.nesting === 0 && !event.skip && !files.includes(event.name);
const events = run({
  files,
  concurrency: Math.min(2, availableParallelism()),
  timeout: 600_000,
  testNamePatterns: escaped === undefined ? undefined : [new RegExp(escaped, 'i')],
});
events.on('test:pass', (event) => { if (isTest(event)) passed += 1; });
events.on('test:fail', (event) => { if (event.nesting === 0) failed += 1; });
const report = events.compose(new Spec());
report.pipe(process.stdout);
report.on('end', () => {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && (passed > 0 || filter !== undefined) ? 0 : 1;
});
