// Serves a folder on the loopback interface, for development and for tests.
//
//   node web/serve.mjs FOLDER [--port N] [--base /sub/path/]

import http from 'node:http';
import path from 'node:path';
import { existsSync } from 'node:fs';
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

/**
 * Serves `dir` below the path `base`; port 0 takes any free one.
 * Resolves to the address of the folder and a function that ends the service.
 */
export async function serve(dir, { port = 0, base = '/' } = {}) {
  base = `/${base}/`.replace(/\/+/g, '/');
  const files = sirv(path.resolve(dir), {
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
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return fail(405, { Allow: 'GET, HEAD' });
    }
    if (!request.url.startsWith(base)) {
      return request.url === base.slice(0, -1) ? fail(301, { Location: base }) : fail(404);
    }
    request.url = request.url.slice(base.length - 1);
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
