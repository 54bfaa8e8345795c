// The server of `./dev serve`: this machine only, and nothing but its folder. No browser is needed.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '../../web/serve.mjs';

let folder;
let site;
let port;

/** Sends a request as it is, without the tidying that clients do to an address. */
function ask(target, { host = `127.0.0.1:${port}`, method = 'GET', headers = '' } = {}) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      const name = host === undefined ? '' : `Host: ${host}\r\n`;
      socket.write(`${method} ${target} HTTP/1.1\r\n${name}${headers}Connection: close\r\n\r\n`);
    });
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (part) => { text += part; });
    socket.on('end', () => resolve({
      status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]),
      head: text.slice(0, text.indexOf('\r\n\r\n')).toLowerCase(),
      body: text.slice(text.indexOf('\r\n\r\n') + 4),
    }));
    socket.on('error', reject);
  });
}

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'serve-'));
  const inside = path.join(folder, 'site');
  mkdirSync(path.join(inside, 'sub'), { recursive: true });
  mkdirSync(path.join(folder, 'site-beside'));
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  writeFileSync(path.join(folder, 'site-beside', 'secret.txt'), 'secret');
  writeFileSync(path.join(inside, 'index.html'), '<p>start</p>');
  writeFileSync(path.join(inside, 'a b.txt'), 'spaced');
  writeFileSync(path.join(inside, 'sub', 'file.txt'), '0123456789');
  writeFileSync(path.join(inside, '.hidden'), 'secret');
  symlinkSync(path.join(folder, 'secret.txt'), path.join(inside, 'link.txt'));
  symlinkSync(path.join(folder, 'secret.txt'), path.join(inside, 'sub', 'file.txt.gz'));
  symlinkSync(folder, path.join(inside, 'up'));
  symlinkSync(path.join(inside, 'sub'), path.join(inside, 'same'));
  site = await serve(inside);
  port = Number(new URL(site.url).port);
});

after(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

test('serves what is in the folder', async () => {
  assert.equal((await ask('/')).body, '<p>start</p>');
  assert.equal((await ask('/index.html?x=/../#y')).body, '<p>start</p>');
  assert.equal((await ask('/a%20b.txt')).body, 'spaced');
  assert.equal((await ask('/same/file.txt')).status, 404, 'its .gz leads out');
  assert.equal((await ask('/nothing')).status, 404);
  assert.match((await ask('/')).head, /x-content-type-options: nosniff/);
});

test('listens on the loopback interface only', async () => {
  assert.equal(new URL(site.url).hostname, '127.0.0.1');
  const others = Object.values(os.networkInterfaces()).flat()
    .filter((each) => !each.internal && each.family === 'IPv4');
  for (const { address } of others) {
    await assert.rejects(new Promise((resolve, reject) => {
      const socket = net.connect({ host: address, port, timeout: 2000 }, resolve);
      socket.on('error', reject);
      socket.on('timeout', () => reject(new Error('timeout')));
    }));
  }
});

test('leads nowhere else', async () => {
  const targets = [
    '/../secret.txt', '/sub/../../secret.txt', '/%2e%2e/secret.txt', '/.%2e/secret.txt',
    '/..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/sub%2f..%2f..%2fsecret.txt', '/..%5csecret.txt',
    '/..\\secret.txt', '/%252e%252e/secret.txt', '/../site-beside/secret.txt', '//../secret.txt',
    `/${path.join(folder, 'secret.txt')}`, `//${path.join(folder, 'secret.txt')}`, '/etc/passwd',
    '//etc/passwd', '/%2fetc/passwd', 'http://127.0.0.1/../secret.txt', '/link.txt', '/up/secret.txt',
    '/sub/file.txt', '/.hidden', '/%2ehidden', '/index.html%00.txt', '/%', '/%c0%ae%c0%ae/secret.txt',
    '/%ff', '/./.hidden', '/sub/..;/.hidden',
  ];
  for (const target of targets) {
    for (const headers of ['', 'Accept-Encoding: gzip, br\r\n']) {
      const answer = await ask(target, { headers });
      assert.ok(answer.status === 404 || answer.status === 400, `${target}: ${answer.status}`);
      assert.doesNotMatch(answer.body, /secret|root:/, target);
    }
  }
});

test('answers to no other name: a page elsewhere can not have its own name lead here', async () => {
  for (const host of [`127.0.0.1:${port}`, '127.0.0.1', `localhost:${port}`, `[::1]:${port}`]) {
    assert.equal((await ask('/', { host })).status, 200, host);
  }
  for (const host of ['example.org', `example.org:${port}`, '127.0.0.1.example.org', 'localhost.',
    'xlocalhost', '127.0.0.1@example.org', '127.0.0.2', '', '0.0.0.0']) {
    const answer = await ask('/', { host });
    assert.equal(answer.status, 421, host);
    assert.doesNotMatch(answer.body, /start/);
  }
});

test('only reads, and stays up whatever is asked for', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    assert.equal((await ask('/', { method })).status, 405, method);
  }
  for (const range of ['bytes=5-2', 'bytes=-5', 'bytes=a-b', 'x', 'bytes=0-1,3-4', 'bytes=99-',
    'bytes=0-99999999999999999999']) {
    const answer = await ask('/a%20b.txt', { headers: `Range: ${range}\r\n` });
    assert.ok([200, 206, 416].includes(answer.status), `${range}: ${answer.status}`);
  }
  const part = await ask('/a%20b.txt', { headers: 'Range: bytes=1-2\r\n' });
  assert.equal(part.status, 206);
  assert.equal(part.body, 'pa');
});
