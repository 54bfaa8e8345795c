// Takes the README's pictures of every view.
//
//   node tests/browser/readme.mjs FOLDER

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as p from './page.mjs';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node tests/browser/readme.mjs FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

// The overview shows the published programme, the others the one that has something in every view.
const PICTURES = [
  ['overview', 'zh', 'hubao-2024', 'light'],
  ['items', 'en', 'demo', 'light'],
  ['roadmap', 'en', 'demo', 'light'],
  ['schedule', 'zh', 'demo', 'light'],
  ['network', 'zh', 'demo', 'dark'],
  ['policies', 'en', 'demo', 'light'],
  ['matching', 'zh', 'demo', 'light'],
  ['roadshow', 'en', 'demo', 'dark'],
  ['history', 'zh', 'demo', 'light'],
];

try {
  for (const [view, lang, programme, theme] of PICTURES) {
    const page = await p.openPage({ lang, theme, programme, hash: view, width: 1440, height: 900 });
    if (view === 'history') {
      // A ledger with something in it.
      const made = execFileSync(path.join(p.buildDir, 'native/tongcheng'),
        ['generate', '--items', '40', '--entries', '60', '--seed', '1']);
      await page.evaluate((text) => window.tongcheng.openBytes('board.tongcheng.jsonl',
        new TextEncoder().encode(text)), made.toString());
      await p.clickNode(page, 'tab', p.t(lang, 'history.title'));
      const rows = await p.findAll(page, 'row');
      if (rows[2]) await page.mouse.click(rows[2].x + 60, rows[2].y + 10);
      await page.mouse.move(720, 5);
    }
    await p.idle(page);
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 85 });
    const name = `${view}-${lang}.webp`;
    writeFileSync(path.join(folder, name), Buffer.from(data, 'base64'));
    console.log(name);
    await p.close(page);
  }
} finally {
  await p.closeAll();
}
