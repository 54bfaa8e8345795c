// Makes the table of first letters of Chinese characters' readings that the command palette searches
// with (`tc::PinyinInitials`), from the dictionary of the npm package pinyin-pro.
//
// usage: node pinyin.mjs NODE_MODULES OUTPUT

import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [, , modules, output] = process.argv;
const { polyphonic } = createRequire(path.resolve(modules, 'x.js'))('pinyin-pro');

const FIRST = 0x4e00;
const LAST = 0x9fff;
let line = '';
const several = [];
for (let point = FIRST; point <= LAST; ++point) {
  const character = String.fromCodePoint(point);
  const [readings] = polyphonic(character, { toneType: 'none', type: 'array' });
  const letters = [...new Set(readings.map((reading) => reading[0]))].filter((c) => /[a-z]/.test(c));
  line += letters[0] ?? '.';
  if (letters.length > 1) several.push(character + letters.join(''));
}
mkdirSync(path.dirname(output), { recursive: true });
writeFileSync(output, [line, ...several, ''].join('\n'));
