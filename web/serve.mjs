// Serves a folder on the loopback interface, for development and for tests.
//
//   node web/serve.mjs FOLDER [--port N] [--base /sub/path/]

import http from 'node:http';
import path from 'node:path';
import { existsSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import sirv from 'sirv';

const HOST = '127.0.0.1';
const DEFAULT_PORT = 8080;
const PORTS_TO_TRY = 20;

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Whether a Host header names this machine. A page whose own name has been pointed here doesn't. */
function isLocal(host) {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host ?? '');
}

/** The path of an address, decoded, or nothing where it could lead somewhere else than it says. */
function pathIn(url) {
  let decoded;
  try {
    decoded = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return undefined;
  }
  const segments = url.split(/[?#]/, 1)[0].split('/').length;
  const strange = /[\0\\]/.test(decoded) || decoded.split('/').length !== segments ||
    decoded.split('/').some((segment) => segment.startsWith('.'));
  return strange ? undefined : decoded;
}

/** Whether everything that may be sent for the path lies in the folder, links followed. */
function staysIn(root, pathname) {
  const file = path.join(root, pathname);
  return ['', '.html', '.htm', '/index', '/index.html', '/index.htm'].every((name) =>
    ['', '.br', '.gz'].every((ending) => {
      let real;
      try {
        real = realpathSync(file + name + ending);
      } catch {
        return true; // isn't there
      }
      return real === root || real.startsWith(root + path.sep);
    }));
}

/** Whether a Range header asks for what sirv can send; it fails on others. */
function isRange(range) {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(range) ?? [];
  return first !== undefined && (last === '' || Number(first) <= Number(last));
}

/**
 * Serves `dir` below the path `base`; port 0 takes any free one.
 * Resolves to the address of the folder and a function that ends the service.
 */
export async function serve(dir, { port = 0, base = '/' } = {}) {
  base = `/${base}/`.replace(/\/+/g, '/');
  const root = realpathSync(dir);
  const files = sirv(root, {
    dev: true, // looks at the disk with every request, as builds replace files
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders: (response) => response.setHeader('X-Content-Type-Options', 'nosniff'),
  });

  const server = http.createServer((request, response) => {
    const fail = (status, headers = {}) => {
      response.writeHead(status, { 'Content-Type': 'text/plain;charset=utf-8', ...headers });
      response.end(`${status} ${http.STATUS_CODES[status]}\n`);
    };
    if (!isLocal(request.headers.host)) return fail(421);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return fail(405, { Allow: 'GET, HEAD' });
    }
    if (!request.url.startsWith(base)) {
      return request.url === base.slice(0, -1) ? fail(301, { Location: base }) : fail(404);
    }
    request.url = request.url.slice(base.length - 1);
    const pathname = pathIn(request.url);
    if (pathname === undefined || !staysIn(root, pathname)) return fail(404);
    // Without it the whole file is sent, as the standard (RFC 9110) allows.
    if (!isRange(request.headers.range ?? '')) delete request.headers.range;
    files(request, response, () => fail(404));
  });

  await listen(server, port);
  return {
    url: `http://${HOST}:${server.address().port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections?.();
      }),
  };
}

async function main(args) {
  const usage = () => {
    console.error('usage: node web/serve.mjs FOLDER [--port N] [--base /sub/path/]');
    process.exit(2);
  };
  let dir;
  let port;
  let base = '/';
  while (args.length > 0) {
    const argument = args.shift();
    if (argument === '--port' && /^\d{1,5}$/.test(args[0] ?? '')) port = Number(args.shift());
    else if (argument === '--base' && args.length > 0) base = args.shift();
    else if (!argument.startsWith('-') && dir === undefined) dir = argument;
    else usage();
  }
  if (dir === undefined || port > 65535) usage();
  if (!existsSync(path.join(dir, 'index.html'))) {
    console.error(`serve: there is no index.html in ${dir}`);
    process.exit(1);
  }

  let site;
  const first = port ?? DEFAULT_PORT;
  const last = port === undefined ? first + PORTS_TO_TRY - 1 : first;
  for (let candidate = first; site === undefined; ++candidate) {
    try {
      site = await serve(dir, { port: candidate, base });
    } catch (error) {
      if (error.code === 'EADDRINUSE' && candidate < last) continue;
      console.error(`serve: port ${candidate} can't be used (${error.code})`);
      process.exit(1);
    }
  }
  console.log(`Tongcheng: ${site.url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => site.close().then(() => process.exit(0)));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href) {
  await main(process.argv.slice(2));
}
