// Loads the app: fonts, program and first programme side by side. Runs in the page's head, so that
// the right colours are there before anything is painted and every request starts at once.

(() => {
  'use strict';

  const FONT_PATIENCE_MS = 3000;
  const OFFLINE_DELAY_MS = 4000; // after the first frame, so that it doesn't stand in its way
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  const darkScheme = matchMedia('(prefers-color-scheme: dark)');

  const oneOf = (value, ...allowed) => (allowed.includes(value) ? value : null);
  const remembered = (key) => {
    try {
      return localStorage.getItem(`tongcheng.${key}`);
    } catch {
      return null;
    }
  };

  /** Whether the next visit will know what was remembered. */
  const remembers = () => {
    try {
      return localStorage !== null;
    } catch {
      return false;
    }
  };

  const chosenTheme =
    oneOf(query.get('theme'), 'light', 'dark') ?? oneOf(remembered('theme'), 'light', 'dark');
  const theme = () => chosenTheme ?? (darkScheme.matches ? 'dark' : 'light');
  const language = oneOf(query.get('lang'), 'zh', 'en') ??
    oneOf(remembered('language'), 'zh', 'en') ??
    (/^zh\b/i.test(navigator.language ?? '') ? 'zh' : 'en');
  const wanted = query.get('programme') ?? '';
  const programme = /^[a-z0-9-]{1,64}$/.test(wanted) ? wanted : 'hubao-2024';
  root.dataset.theme = theme();
  root.lang = language === 'zh' ? 'zh-CN' : 'en';

  if (query.has('presenter')) {
    // The second window of a talk needs nothing of the app.
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = 'lazy/presenter.css';
    document.head.append(style);
    document.addEventListener('DOMContentLoaded', () => {
      import('./lazy/presenter.js').then(({ present }) => present(language));
    });
    return;
  }

  // A page that was saved as one file has everything inside, as base64 by name.
  const files = window.tongchengFiles ?? null;
  const bytesOf = (name) => Uint8Array.from(atob(files[name]), (c) => c.charCodeAt(0));
  const textOf = (name) => new TextDecoder().decode(bytesOf(name));
  const modules = {};
  const moduleUrl = (name) => {
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    modules[name] ??= URL.createObjectURL(new Blob([
      textOf(name).replace(/(['"])\.\/([\w./-]+\.js)\1/g, (whole, quote, other) =>
        (folder + other in files ? quote + moduleUrl(folder + other) + quote : whole)),
    ], { type: 'text/javascript' }));
    return modules[name];
  };

  const settled = {};
  const ready = new Promise((resolve, reject) => Object.assign(settled, { resolve, reject }));
  ready.catch(() => {}); // said on the page
  let host = null;

  /** For tests and other automation. */
  window.tongcheng = {
    /** Resolves when the first programme is on the screen. */
    ready,
    /** Resolves when nothing is left to draw. */
    settled: () => ready.then(() => host.settled()),
    /** What the last frame showed: [{role, name, value?, x, y, width, height, …}] in CSS pixels. */
    describe: () => host?.describe() ?? [],
    /** Opens a programme file: a name and a Uint8Array. */
    openBytes: (name, bytes) => host?.openBytes(name, bytes),
    /** Resolves when what was written so far is kept and what was kept is there. */
    kept: () => ready.then(() => Promise.all([host.keeping, host.recalling])),
    /** Resolves to true when the page can do without a network. */
    offline: () => ready.then(() => goOffline()),
    /** Resolves when the last export has been handed over. */
    exported: () => host?.exporting,
    /** Where the talk stands; null when none is on. */
    get talk() { return host?.talk ? JSON.parse(host.talk) : null; },
    /** Resolves when the mirror for assistive technology says what is on the screen. */
    mirrored: () => ready.then(() => loadLater()).then(() => host.mirrored()),
    /** Milliseconds that the mirror's DOM has taken so far. */
    get mirrorMs() { return host?.mirror?.spent ?? 0; },
    /** Turns the mirror on or off. */
    mirror: (on) => ready.then(() => loadLater()).then(() => host.setMirror(on)),
    /** Draws a frame although nothing has happened. */
    invalidate: () => host?.owe(1),
    /** How the interface draws a character: {advance, x, y, width, height, coloured, rgba}. */
    rasterise: (codePoint, size = 32, weight = 400) => host?.rasterise(codePoint, size, weight),
    /** Whether something that a finger has thrown still moves. */
    get gliding() { return host !== null && host.gliding !== 0; },
    /** Frames since the start. */
    get frames() { return host?.frames ?? 0; },
    /** CPU time of the last 1000 frames in milliseconds, oldest first. */
    get cpuFrameMs() { return host?.frameTimes.list() ?? []; },
    /** CPU time of the last 1000 pieces of work between frames, oldest first. */
    get cpuPieceMs() { return host?.pieceTimes.list() ?? []; },
    /** Forgets these times. */
    forgetTimes: () => host?.forgetTimes(),
    get language() { return root.lang.startsWith('zh') ? 'zh' : 'en'; },
  };

  const fail = (kind, detail = '') => {
    settled.reject(new Error(`${kind}: ${detail?.message ?? detail}`));
    if (detail instanceof Error) console.error(detail);
    const show = () => {
      for (const section of document.querySelectorAll('[data-problem]')) {
        section.hidden = section.dataset.problem !== kind;
      }
      document.getElementById('problem-detail').textContent = String(detail?.message ?? detail);
      document.getElementById('splash').hidden = true;
      document.getElementById('problem').hidden = false;
    };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', show);
    else show();
  };

  if (typeof WebAssembly !== 'object') {
    fail('browser', 'WebAssembly');
    return;
  }

  const get = async (url) => {
    if (files !== null) return new Response(bytesOf(url));
    const response = await fetch(url).catch((error) => {
      throw new Error(`${url}: ${error.message}`);
    });
    if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
    return response;
  };

  const compile = (url) => get(url).then(async (response) => {
    const streams = response.headers.get('Content-Type')?.startsWith('application/wasm') &&
      'compileStreaming' in WebAssembly;
    return streams ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  });
  const program = compile('tongcheng.wasm');

  // The address names the view (web/ui/link.hpp), so that a view can be linked to and left with the
  // back button.
  const MAX_LINK = 4096; // the app notices what is longer and reads none of it
  const addressed = () => location.hash.slice(1, MAX_LINK + 2);
  const firstPage = addressed() || remembered('page');

  // The program comes in two parts (cmake/split.py): the overview's first frame does without the
  // second, which then follows at once.
  const LATER = 'tongcheng-later.wasm';
  const laterAtOnce = files !== null || query.has('kiosk') || ![null, 'overview'].includes(firstPage);
  let later = laterAtOnce ? compile(LATER) : null;
  let laterIsThere = false;
  let first = null; // the instance of the first part
  const bindLater = (module) => {
    if (laterIsThere) return;
    new WebAssembly.Instance(module, { primary: first.exports });
    laterIsThere = true;
  };
  const loadLater = () => {
    later ??= compile(LATER);
    return later.then(bindLater).catch((error) => {
      later = null; // the next time may be better
      throw error;
    });
  };
  /** For a call that can't wait: someone was quicker than the network. */
  const loadLaterNow = (place) => {
    performance.mark('tongcheng-waited', { detail: place });
    const request = new XMLHttpRequest();
    request.open('GET', LATER, false);
    request.overrideMimeType('text/plain; charset=x-user-defined'); // bytes as they are
    request.send();
    if (request.status !== 200) throw new Error(`${LATER}: HTTP ${request.status}`);
    bindLater(new WebAssembly.Module(
      Uint8Array.from(request.responseText, (character) => character.charCodeAt(0) & 255)));
  };
  // What stands in the table of functions until then, by place.
  const early = new Proxy({}, {
    get: (_, place) => (...parameters) => {
      loadLaterNow(place);
      const table = Object.values(first.exports).find((it) => it instanceof WebAssembly.Table);
      return table.get(Number(place))(...parameters);
    },
  });

  const prefetched = files === null
    ? { id: programme, response: fetch(`programmes/${programme}.json`) } : null;
  const glue = files === null ? import('./host.js') : import(moduleUrl('host.js'));
  const face = (family, file, weight) => {
    const added = new FontFace(family,
      files === null ? `url(fonts/${file}.woff2)` : bytesOf(`fonts/${file}.woff2`), { weight });
    document.fonts.add(added);
    return added;
  };
  // Without them the browser's own fonts have to do.
  const loaded = (faces) => Promise.race([
    Promise.allSettled(faces.map((added) => added.load())),
    new Promise((resolve) => { setTimeout(resolve, FONT_PATIENCE_MS); }),
  ]);
  const fonts = loaded([
    face('Tongcheng Sans', 'tongcheng-regular', '400'),
    face('Tongcheng Sans', 'tongcheng-bold', '700'),
    face('Tongcheng Icons', 'tongcheng-icons', '400'),
  ]);
  // What the interface and the first programme do without: loaded with the first such character.
  const more = [
    face('Tongcheng More', 'tongcheng-more-regular', '400'),
    face('Tongcheng More', 'tongcheng-more-bold', '700'),
  ];
  const parsed = new Promise((resolve) => {
    document.addEventListener('readystatechange', resolve, { once: true });
  });
  const page = new Promise((resolve, reject) => {
    window.addEventListener('error', (event) => {
      if (event.target instanceof HTMLScriptElement) {
        reject(new Error(new URL(event.target.src).pathname));
      }
    }, true);
    document.addEventListener('DOMContentLoaded', resolve);
  });

  // Takes a while, so it goes on beside the downloads; the app then gets the same context.
  const graphics = parsed.then(() => {
    const canvas = document.getElementById('canvas');
    canvas.width = Math.round(root.clientWidth * window.devicePixelRatio);
    canvas.height = Math.round(root.clientHeight * window.devicePixelRatio);
    return canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: false });
  });
  // Whatever fails is noticed where it is needed.
  for (const promise of [program, later, prefetched?.response, glue, page]) promise?.catch(() => {});

  const instantiate = (createTongcheng, browserHost) => new Promise((resolve, reject) => {
    createTongcheng({
      canvas: browserHost.canvas,
      host: browserHost,
      instantiateWasm: (imports, done) => {
        program.then((module) => WebAssembly.instantiate(module, { ...imports, placeholder: early })
          .then((instance) => {
            first = instance;
            done(instance, module);
          })).catch(reject);
        return {};
      },
      onAbort: (reason) => browserHost.crash(new Error(String(reason))),
    }).then(resolve, reject);
  });

  const followAddress = () => {
    if (addressed() !== '' && addressed() !== 'overview') host.follow(addressed());
    else if (firstPage !== null) host.restore('page', firstPage);
    window.addEventListener('popstate', () => host.follow(addressed()));
    host.onAddress = (link, step) => {
      if (addressed() === link) return;
      history[step ? 'pushState' : 'replaceState'](null, '', `#${link}`);
    };
    host.onPreference = (key, value) => {
      if (key === 'theme') root.dataset.theme = value;
    };
  };

  /**
   * Keeps the site for use without a network. A newer version is taken over only while no talk is
   * on; the page that is open goes on with what it has.
   */
  let registration = null;
  const applyUpdate = () => {
    if (host.talk === null) registration?.waiting?.postMessage({ type: 'SKIP_WAITING' });
  };
  let offline = null;
  const goOffline = () => {
    if (files !== null || !('serviceWorker' in navigator)) return Promise.resolve(false);
    offline ??= navigator.serviceWorker.register('sw.js').then((made) => {
      registration = made;
      made.addEventListener('updatefound', () => {
        made.installing?.addEventListener('statechange', applyUpdate);
      });
      applyUpdate();
      return navigator.serviceWorker.ready.then(() => true);
    }).catch((error) => {
      console.warn(error);
      return false;
    });
    return offline;
  };

  const start = async () => {
    if (await graphics === null) {
      fail('browser', 'WebGL 2');
      return;
    }
    const [{ Host }] = await Promise.all([glue, page, program]);
    const element = (id) => document.getElementById(id);
    host = new Host({
      canvas: element('canvas'), input: element('input'), picker: element('picker'),
    });
    host.onFailure = fail;
    host.prefetched = prefetched;
    host.get = get;
    host.wholeProgram = loadLater;
    host.moreFonts = () => loaded(more);
    const module = await instantiate(window.createTongcheng, host);
    await fonts;
    if (laterAtOnce) await loadLater();
    if (!host.start(module)) {
      fail('browser', 'WebGL 2');
      return;
    }
    host.restore('language', language);
    host.restore('theme', theme());
    for (const key of ['author', 'city']) host.restore(key, remembered(key) ?? '');
    followAddress();
    if (chosenTheme === null) {
      darkScheme.addEventListener('change', () => {
        if (remembered('theme') !== null) return;
        root.dataset.theme = theme();
        host.restore('theme', theme());
      });
    }
    const motion = matchMedia('(prefers-reduced-motion: reduce)');
    const setMotion = () => host.restore('motion', motion.matches ? 'reduced' : 'full');
    motion.addEventListener('change', setMotion);
    setMotion();
    const preparing = element('preparing');
    host.onTour = (slide, of) => {
      preparing.hidden = of === 0;
      element('preparing-count').textContent = `${slide} / ${of}`;
    };
    element('preparing-cancel').addEventListener('click', () => host.cancelTour());
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !preparing.hidden) host.cancelTour();
    });
    host.onTalk = applyUpdate;
    if (files === null) await host.loadShipped(programme);
    else host.openBytes(textOf('board-name'), bytesOf('board'));
    const kiosk = query.get('kiosk') ?? '';
    if (kiosk !== '') {
      host.restore('dwell', query.get('dwell') ?? '0');
      host.restore('kiosk', kiosk);
    }
    host.onProgramme = (id) => {
      if (files !== null) return;
      const address = new URL(location.href);
      address.searchParams.set('programme', id);
      history.replaceState(null, '', address);
    };
    host.frameNow();
    host.owe();
    element('splash').hidden = true;
    setTimeout(goOffline, OFFLINE_DELAY_MS);
    performance.mark('tongcheng-ready');
    settled.resolve();
    loadLater().then(() => {
      if (!laterAtOnce && remembers() && remembered('tour') === null) host.restore('tour', 'wanted');
      if (query.get('mirror') === 'off') return;
      // Not in the way of what the first frames still ask for.
      (window.requestIdleCallback ?? setTimeout)(() => host.setMirror(true));
    }).catch((error) => { console.warn(error); });
  };
  start().catch((error) => fail('load', error));
})();
