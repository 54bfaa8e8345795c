// Takes pictures of every view for looking at.
//
//   node tests/browser/shots.mjs FOLDER [PART OF A NAME, such as zh-dark or @2]

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import * as p from './page.mjs';

const [folder, filter = ''] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node tests/browser/shots.mjs FOLDER [PART]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const SIZES = [[1440, 900], [1920, 1080]];
const SCALES = [1, 1.5, 2];

try {
  for (const [width, height] of SIZES) {
    for (const scale of SCALES) {
      for (const lang of ['zh', 'en']) {
        for (const theme of ['light', 'dark']) {
          const kind = `${lang}-${theme}-${width}x${height}@${scale}`;
          if (!kind.includes(filter)) continue;
          const page = await p.openPage({ lang, theme, scale, width, height, hash: 'overview' });
          // The tabs of the navigation come after its landmark.
          const nodes = await p.describe(page);
          const rail = nodes.find((n) => n.role === 'navigation');
          const views = nodes.filter((n) => n.role === 'tab' && n.x < rail.x + rail.width);
          for (const view of views) {
            await p.clickNode(page, 'tab', view.name);
            await page.mouse.move(width / 2, 5);
            await p.idle(page);
            const id = new URL(page.url()).hash.slice(1);
            const name = `${id}-${kind}.png`;
            await page.screenshot({ path: path.join(folder, name) });
            console.log(name);
          }
          await p.close(page);
        }
      }
    }
  }
} finally {
  await p.closeAll();
}
