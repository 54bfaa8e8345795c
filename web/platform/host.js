// The browser's side of the app: events in, frames out, and what the interface asks of the page.
// The WebAssembly module calls the methods of this class as `Module.host`.

const FRAMES_AFTER_EVENT = 3; // Dear ImGui needs up to three to settle
const FRAMES_AFTER_TAP = 5; // pointing, pressing and releasing take one each before that
const TOOLTIP_POLL_MS = 60;
const MAX_FILE_BYTES = 256 * 2 ** 20;
const TIMES_KEPT = 1000;
const PROGRESS_MS = 250;
const FIRST_PROGRAMME = 'hubao-2024'; // its characters are in the fonts that are always loaded
const MAX_PICTURE = 8192; // pixels of a side
const CONTEXT_PATIENCE_MS = 10_000;
const STORE_PATIENCE_MS = 20_000;
const EXPORT_SIZE = [1920, 1080];
const THUMBNAIL_WIDTH = 640;
/** What a deck is saved as: the file's extension and type. */
const DECK_FILES = {
  pdf: ['pdf', 'application/pdf'], png: ['zip', 'application/zip'], handout: ['html', 'text/html'],
};

const FAMILIES =
  '"Tongcheng Sans", "Tongcheng Icons", "Tongcheng More", system-ui, "Noto Sans CJK SC", "PingFang SC", ' +
  '"Microsoft YaHei", sans-serif';

// By ImGuiMouseCursor, from None = -1.
const CURSORS = ['none', 'default', 'text', 'all-scroll', 'ns-resize', 'ew-resize', 'nesw-resize',
  'nwse-resize', 'pointer', 'wait', 'progress', 'not-allowed'];

const MOUSE = 0;
const TOUCH = 1;
const PEN = 2;
const TOUCH_SLOP = 8; // CSS pixels
const TOUCH_REST_MS = 300;
// How far the interface scrolls for one notch of a wheel, in CSS pixels.
const NOTCH_X = 60;
const NOTCH_Y = 70;
const NOTCH_ZOOM = 1.2; // of the views
const GLIDE_MS = 325;
const GLIDE_LEAST = 0.15; // CSS pixels a millisecond
const GLIDE_REST_MS = 60; // a finger that rested before it was lifted throws nothing

const CONTROL = 1;
const SHIFT = 2;
const ALT = 4;
const META = 8;

// Keys that move or edit, which a browser would use to scroll or to leave the page's controls.
const APP_KEYS = new Set(['Tab', 'Space', 'Enter', 'NumpadEnter', 'Escape', 'Backspace', 'Delete',
  'Home', 'End', 'PageUp', 'PageDown', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);
// Of these, the ones whose repetition by a held key means the same again.
const REPEATING_KEYS = new Set(['Tab', 'Backspace', 'Delete', 'Home', 'End', 'PageUp', 'PageDown',
  'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'KeyZ', 'KeyY']);
// The browser's own, with or without modifiers.
const BROWSER_KEYS = new Set(['F5', 'F6', 'F11', 'F12']);
const BROWSER_CHORD_KEYS = new Set(['KeyR', 'KeyT', 'KeyN', 'KeyW', 'KeyL', 'KeyJ', 'KeyQ', 'KeyP',
  'KeyD', 'Equal', 'Minus', 'NumpadAdd', 'NumpadSubtract', 'Tab',
  ...Array.from({ length: 10 }, (_, n) => `Digit${n}`)]);

const SENTENCES = {
  tooLarge: ['文件超过 256 MB 的上限。', 'The file is larger than the limit of 256 MB.'],
  folder: ['这是一个文件夹，请拖入单个文件。', 'This is a folder; please drop a single file.'],
  unreadable: ['无法读取该文件。', 'The file could not be read.'],
  memory: ['浏览器内存不足，无法打开该文件。', 'The browser has too little memory to open the file.'],
  offline: ['无法下载：请检查网络连接。', 'It could not be downloaded; please check the connection.'],
  missing: ['服务器上没有该文件（HTTP {0}）。', 'The server does not have the file (HTTP {0}).'],
  sheetTooLarge: ['表格过大（{0}）。', 'The spreadsheet is too large ({0}).'],
  sheetOld: [
    '这是旧格式的 .xls 文件（或有密码的表格）。请先用 Excel 或 WPS 另存为不带密码的 .xlsx，再导入。',
    'This is an .xls file of the old format, or a spreadsheet with a password. Please save it as .xlsx without a password first, then import that.',
  ],
  sheetFormat: ['不是完好的 .xlsx 或 .csv 文件（{0}）。', 'It is no .xlsx or .csv file in order ({0}).'],
  sheetEncoding: ['文字编码不是 UTF-8、UTF-16 或 GB18030。', 'The text is neither UTF-8, UTF-16 nor GB18030.'],
  pasted: ['粘贴的内容', 'What was pasted'],
};

/** Whether a file is a spreadsheet: by its name or, since .xlsx is a ZIP archive, its first bytes. */
const isSheet = (name, bytes) =>
  /\.(xlsx|xls|et|csv|tsv)$/i.test(name) || (bytes[0] === 0x50 && bytes[1] === 0x4b);

/** Rejects when the promise takes longer. */
function within(milliseconds, promise) {
  let timer = 0;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException(`no answer within ${milliseconds / 1000} s`, 'TimeoutError'));
    }, milliseconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The latest durations in milliseconds, oldest first in `list`. */
class Times {
  constructor() {
    this.values = new Float64Array(TIMES_KEPT);
    this.count = 0;
  }

  add(value) {
    this.values[this.count % TIMES_KEPT] = value;
    this.count += 1;
  }

  list() {
    const kept = Math.min(this.count, TIMES_KEPT);
    return Array.from({ length: kept }, (_, i) => this.values[(this.count - kept + i) % TIMES_KEPT]);
  }
}


export class Host {
  /** `page`: {canvas, input (a textarea), picker (a file input)}. */
  constructor(page) {
    this.canvas = page.canvas;
    this.input = page.input;
    this.picker = page.picker;
    this.module = null;
    this.frames = 0;
    this.frameTimes = new Times();
    this.pieceTimes = new Times();
    this.pieces = null; // MessageChannel
    this.working = false; // a piece is to come
    this.lastFrame = 0;
    this.onFailure = () => {};
    this.onPreference = () => {};
    this.onAddress = () => {}; // (link, whether the back button leads away from it)
    this.mirror = null; // the DOM for assistive technology, once it is loaded
    this.mirrorLibrary = null;
    this.onProgramme = () => {};
    this.get = fetch; // how to have a file of the site
    this.wholeProgram = async () => {}; // resolves when all parts of the program are there
    this.prefetched = null; // {id, response: Promise<Response>}

    this.owed = 0;
    this.request = 0;
    this.timer = 0;
    this.waiting = [];
    this.scale = 1;
    this.knownScale = 1; // the one the app has been told of
    this.finger = null;
    this.fingers = new Map(); // where they are, by the pointer's id
    this.pinched = null; // what two fingers do
    this.gliding = 0;
    this.reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
    this.ime = { wanted: false, x: 0, y: 0, height: 0 };
    this.composing = false;
    this.pendingCopy = null; // a text that waits for the browser's copy event
    this.copying = false;
    this.dragDepth = 0;
    this.loads = 0;
    this.store = null; // Promise<Store>, once a board has been opened
    this.board = null; // hash of the kept board that is open
    this.keptBoards = null; // [{id, title}], the latest first, once they are known
    this.storeLibrary = null;
    this.memoryIsShort = false;
    this.crashed = false;
    this.otherWindows = null; // BroadcastChannel
    this.unkept = null; // {board, error}: after it entries are missing in the store
    this.source = null; // digest of the file that is open
    this.boardFile = null; // handle of the file that the open board is saved in
    this.opened = 0; // counts what has been opened
    this.offered = null; // what is being opened
    this.tasks = []; // of workers, the newest last
    this.libraries = {};
    this.keeping = Promise.resolve();
    this.apple = /Mac|iPhone|iPad/.test(navigator.platform);
    this.decoder = new TextDecoder();
    this.encoder = new TextEncoder();
    this.glyphs = null;
    this.talk = null; // where the talk stands, as JSON; null when none is on
    this.talkWindows = null; // BroadcastChannel
    this.thumbnails = [];
    this.tour = null; // {purpose, slides, wanted}: slides are being drawn one by one
    this.sound = null;
    this.onTour = () => {}; // (slide, of); of = 0 when it is over
    this.onTalk = () => {}; // whether a talk is on
  }

  /** Connects to the module; the caller asks for the first frame. False: there is no WebGL 2. */
  start(module) {
    this.module = module;
    const { width, height } = this.measure();
    this.setCanvasSize(width, height);
    if (!module._tc_start(width, height, this.scale, this.apple ? 1 : 0)) return false;
    this.knownScale = this.scale;
    this.watchSize();
    this.listen();
    this.canvas.focus({ preventScroll: true });
    return true;
  }

  // ---------------------------------------------------------------- memory

  bytes(pointer, length) {
    return this.module.HEAPU8.subarray(pointer, pointer + length);
  }

  text(pointer, length) {
    return this.decoder.decode(this.bytes(pointer, length));
  }

  zeroTerminated(pointer) {
    const heap = this.module.HEAPU8;
    return this.decoder.decode(heap.subarray(pointer, heap.indexOf(0, pointer)));
  }

  /**
   * Calls `use` with a pointer to a copy of the bytes, on the heap since they may be many. False
   * when there is no room for it. A fault in `use` ends the app.
   */
  withBytes(bytes, use) {
    const pointer = this.module._malloc(Math.max(1, bytes.length));
    if (pointer === 0) return false;
    this.module.HEAPU8.set(bytes, pointer);
    try {
      use(pointer);
    } catch (error) {
      this.crash(error);
      return true;
    }
    this.module._free(pointer);
    this.owe();
    return true;
  }

  /** Calls `use` with pointers to zero-terminated copies of the texts. */
  withTexts(texts, use) {
    const pointers = [];
    for (const text of texts) {
      const bytes = this.encoder.encode(text.replaceAll('\0', ''));
      const pointer = this.module._malloc(bytes.length + 1);
      if (pointer === 0) {
        this.outOfMemory();
        this.crash(new Error('out of memory'));
        throw new Error('out of memory');
      }
      this.module.HEAPU8.set(bytes, pointer);
      this.module.HEAPU8[pointer + bytes.length] = 0;
      pointers.push(pointer);
    }
    try {
      return use(...pointers);
    } catch (error) {
      this.crash(error);
      throw error;
    } finally {
      for (const pointer of pointers) this.module?._free(pointer);
    }
  }

  // ---------------------------------------------------------------- frames

  /** An event has happened: the next few frames may look different. */
  owe(count = FRAMES_AFTER_EVENT) {
    this.owed = Math.max(this.owed, count);
    if (this.request === 0 && this.module !== null && this.frames > 0) {
      this.request = requestAnimationFrame((now) => {
        this.request = 0;
        this.frame(now);
      });
    }
  }

  frame(now = performance.now(), visible = true) {
    clearTimeout(this.timer);
    if (window.devicePixelRatio !== this.scale) this.fit();
    const begin = performance.now();
    let answer;
    try {
      answer = this.module._tc_frame(now, visible ? 1 : 0);
    } catch (error) {
      this.crash(error);
      return;
    }
    this.frameTimes.add(performance.now() - begin);
    this.lastFrame = begin;
    this.frames += 1;
    if (this.tour?.wanted) this.takePicture();
    this.owed = Math.max(this.owed - 1, answer & 1);
    if (answer & 4) this.goOn();
    if (answer & 8) this.mirror?.changed();
    if (this.owed > 0) {
      this.owe(1);
    } else {
      const wake = answer & 2 ? TOOLTIP_POLL_MS : this.module._tc_wake_after();
      if (wake >= 0) this.timer = setTimeout(() => this.owe(1), wake);
      if (!this.working) this.cameToRest();
    }
  }

  cameToRest() {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /**
   * Computes between frames what goes on for longer, in pieces that a key or the mouse can wait for.
   * Not in the frames: a slow graphics card would make it wait for the picture.
   */
  goOn() {
    if (this.working) return;
    this.working = true;
    this.pieces ??= new MessageChannel();
    this.pieces.port1.onmessage = () => this.piece();
    this.pieces.port2.postMessage(null);
  }

  piece() {
    this.working = false;
    if (this.module === null) return;
    const begin = performance.now();
    let more;
    try {
      more = this.module._tc_work();
    } catch (error) {
      this.crash(error);
      return;
    }
    this.pieceTimes.add(performance.now() - begin);
    if (more) this.goOn();
    // Now and then for what the page says of how far it has come.
    if (!more || begin - this.lastFrame > PROGRESS_MS) this.owe(1);
  }

  /** Shows what an event has led to before anything else happens. */
  frameNow() {
    this.frame(performance.now(), false);
    this.frame();
  }

  /** Resolves when no frame is owed any more and nothing is left to compute. */
  settled() {
    if ((this.owed === 0 && !this.working) || this.module === null) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  crash(error) {
    if (this.crashed) return; // it has been said
    this.crashed = true;
    this.module = null;
    for (const resolve of this.waiting.splice(0)) resolve();
    this.onFailure(this.memoryIsShort ? 'memory' : 'crash', error);
  }

  /** Called by the program when it can't go on for want of memory; it ends right after. */
  outOfMemory() {
    this.memoryIsShort = true;
  }

  forgetTimes() {
    this.frameTimes = new Times();
    this.pieceTimes = new Times();
  }

  // ---------------------------------------------------------------- size

  /** The size in device pixels that the page leaves to the canvas. */
  measure() {
    this.scale = window.devicePixelRatio || 1;
    const { clientWidth, clientHeight } = document.documentElement;
    return {
      width: Math.max(1, Math.round(clientWidth * this.scale)),
      height: Math.max(1, Math.round(clientHeight * this.scale)),
    };
  }

  watchSize() {
    const observer = new ResizeObserver((entries) => {
      const entry = entries.find(({ target }) => target === this.canvas);
      this.fit(entry?.devicePixelContentBoxSize?.[0]);
    });
    observer.observe(document.documentElement);
    try {
      observer.observe(this.canvas, { box: 'device-pixel-content-box' });
    } catch {
      // then without it
    }
    window.addEventListener('resize', () => {
      if (window.devicePixelRatio !== this.scale) this.fit();
    });
    const watchScale = () => {
      const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      query.addEventListener('change', () => {
        this.fit();
        watchScale();
      }, { once: true });
    };
    watchScale();
  }

  /** Takes the page's size over; `exact` is what the browser itself counts in device pixels. */
  fit(exact) {
    if (this.tour !== null && this.tour.purpose !== 'warm') return; // it has a size of its own
    const { width, height } = this.measure();
    // Where it imitates another screen, it counts CSS pixels instead.
    const plausible = exact !== undefined && Math.abs(exact.inlineSize - width) <= 1 &&
      Math.abs(exact.blockSize - height) <= 1;
    if (plausible) this.resize(exact.inlineSize, exact.blockSize);
    else this.resize(width, height);
  }

  setCanvasSize(width, height) {
    // Even to set the size that it has makes a canvas blank.
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }

  resize(width, height) {
    if (this.module === null || width < 1 || height < 1) return;
    const same = this.canvas.width === width && this.canvas.height === height;
    if (same && this.knownScale === this.scale) return;
    this.knownScale = this.scale;
    // A frame has to follow before the page is shown.
    this.setCanvasSize(width, height);
    this.module._tc_resize(width, height, this.scale);
    if (this.frames === 0) return;
    this.owe();
    this.frameNow();
    this.placeInput();
  }

  // ---------------------------------------------------------------- events

  listen() {
    const on = (target, names, handler, options) => {
      for (const name of names.split(' ')) {
        target.addEventListener(name, (event) => {
          if (this.module === null) return;
          handler.call(this, event);
        }, options);
      }
    };
    on(window, 'keydown', this.keyDown);
    on(window, 'keyup', this.keyUp);
    on(this.canvas, 'pointerdown pointermove pointerup pointercancel', this.pointer);
    on(this.canvas, 'pointerleave', (event) => {
      if (event.pointerType === 'touch' || event.buttons === 0) this.pointerLeft();
    });
    // The text field keeps the keyboard focus; the app itself knows what has been clicked.
    on(this.canvas, 'mousedown contextmenu', (event) => event.preventDefault());
    on(this.canvas, 'wheel', this.wheel, { passive: false });
    on(window, 'focus', () => this.focus(true));
    on(window, 'blur', () => this.focus(false));

    on(this.input, 'compositionstart', () => {
      this.composing = true;
      this.placeInput();
    });
    on(this.input, 'compositionend', () => {
      this.composing = false;
      this.takeInput();
      this.placeInput();
    });
    on(this.input, 'beforeinput', this.beforeInput);
    on(this.input, 'input', (event) => {
      if (this.composing || event.isComposing) this.placeInput();
      else this.takeInput();
    });
    on(window, 'paste', this.paste);
    on(window, 'copy cut', this.copy);

    on(window, 'dragenter', (event) => this.drag(event, 1));
    on(window, 'dragover', (event) => this.drag(event, 0));
    on(window, 'dragleave', (event) => this.drag(event, -1));
    on(window, 'drop', this.drop);
    on(this.picker, 'change', () => {
      const file = this.picker.files[0];
      if (file) this.openFile(file);
      this.picker.value = '';
    });

    on(this.canvas, 'webglcontextlost', (event) => {
      event.preventDefault();
      this.module._tc_context_lost();
      // A kiosk has nobody who would load it again.
      this.lost = setTimeout(() => {
        if (this.talk !== null && new URLSearchParams(location.search).has('kiosk')) location.reload();
      }, CONTEXT_PATIENCE_MS);
    });
    on(this.canvas, 'webglcontextrestored', () => {
      clearTimeout(this.lost);
      this.module._tc_context_restored();
      this.owe();
    });
    on(document.fonts, 'loadingdone', () => this.forgetGlyphs());
  }

  modifiers(event) {
    // AltGr makes characters, although it is reported as Control and Alt on some systems.
    const makesCharacters = event.getModifierState?.('AltGraph') ?? false;
    return (event.ctrlKey && !makesCharacters ? CONTROL : 0) | (event.shiftKey ? SHIFT : 0) |
      (event.altKey && !makesCharacters ? ALT : 0) | (event.metaKey ? META : 0);
  }

  /** Letters by what they write, as layouts differ; everything else by its place. */
  keyName(event) {
    if (/^[a-zA-Z]$/.test(event.key)) return `Key${event.key.toUpperCase()}`;
    if (event.key === ' ') return 'Space';
    return event.code || event.key;
  }

  isForApp(event) {
    const target = event.target;
    if (this.mirror?.holds(target)) return !this.mirror.isField(target);
    return target === this.input || target === this.canvas || target === document.body ||
      target === document.documentElement || target === window || target === document;
  }

  belongsToBrowser(name, modifiers) {
    if (BROWSER_KEYS.has(name)) return true;
    if (modifiers & (CONTROL | META)) return BROWSER_CHORD_KEYS.has(name) || (modifiers & ALT) !== 0;
    return (modifiers & ALT) !== 0 && /^Arrow|^Home$|^KeyD$/.test(name);
  }

  keyDown(event) {
    if (this.mirror?.keyDown(event)) return;
    if (!this.isForApp(event) || event.isComposing || event.keyCode === 229) return;
    const name = this.keyName(event);
    const modifiers = this.modifiers(event);
    // In front of an audience nobody wants the page loaded again.
    const starts = name === 'F5' && modifiers === 0 && this.module._tc_presents() !== 0;
    if (starts) event.preventDefault();
    else if (this.belongsToBrowser(name, modifiers)) return;
    const command = (modifiers & (this.apple ? META : CONTROL)) !== 0;
    // The clipboard's keys come back as events that may touch the clipboard.
    const pastes = (command && name === 'KeyV') || (name === 'Insert' && modifiers === SHIFT);
    const copies = (command && (name === 'KeyC' || name === 'KeyX')) ||
      (name === 'Insert' && modifiers === CONTROL) || (name === 'Delete' && modifiers === SHIFT);
    if (pastes) return;

    const isShortcut =
      this.withTexts([name], (n) => this.module._tc_is_shortcut(n, this.logical(modifiers))) !== 0;
    const plain = (modifiers & ~SHIFT) === 0;
    const writes = this.ime.wanted && plain && event.key.length === 1;
    const consumes = !copies && !writes && (isShortcut || APP_KEYS.has(name) ||
      (plain && name === 'Slash') || (command && /^Key[AFKSYZ]$/.test(name)));
    if (consumes) event.preventDefault();

    if (event.repeat) {
      if (!REPEATING_KEYS.has(name)) return;
      this.sendKey(name, false, modifiers);
    }
    this.sendKey(name, true, modifiers);
    if (event.metaKey && name !== 'MetaLeft' && name !== 'MetaRight') {
      this.sendKey(name, false, modifiers); // macOS reports no release while Command is held
    }
    if (copies) this.copyNow();
  }

  keyUp(event) {
    this.sendKey(this.keyName(event), false, this.modifiers(event));
  }

  sendKey(name, down, modifiers) {
    this.withTexts([name], (n) => this.module._tc_key(n, down ? 1 : 0, modifiers));
    this.owe();
  }

  /** Presses and releases a key that has not been pressed on a keyboard. */
  chord(name, modifiers = 0) {
    this.withTexts([name], (n) => this.module._tc_chord(n, modifiers, 0));
    this.owe();
  }

  /** Shortcuts are noted with Control where Apple's systems have Command. */
  logical(modifiers) {
    if (!this.apple) return modifiers;
    const rest = modifiers & (SHIFT | ALT);
    return rest | (modifiers & META ? CONTROL : 0) | (modifiers & CONTROL ? META : 0);
  }

  pointer(event) {
    if (event.type === 'pointerdown') {
      this.canvas.setPointerCapture(event.pointerId);
      if (this.composing) this.input.blur(); // ends the composition where it stands
      if (this.mirror?.holds(document.activeElement)) this.canvas.focus({ preventScroll: true });
    }
    if (event.pointerType === 'touch') {
      this.stopGliding();
      if (!this.pinch(event) && event.isPrimary) this.touch(event);
      return;
    }
    const buttons = event.type === 'pointercancel' ? 0 : event.buttons;
    this.sendPointer(event, buttons, event.pointerType === 'pen' ? PEN : MOUSE);
  }

  sendPointer(event, buttons, source) {
    const box = this.canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) * this.canvas.width) / box.width;
    const y = ((event.clientY - box.top) * this.canvas.height) / box.height;
    this.module._tc_pointer(x, y, buttons, this.modifiers(event), source);
    this.owe();
  }

  /**
   * Two fingers zoom what is between them or, when they move side by side, scroll it. Returns
   * whether the event is taken.
   */
  pinch(event) {
    const { fingers } = this;
    if (event.type === 'pointerdown' || fingers.has(event.pointerId)) {
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    }
    const lifted = event.type === 'pointerup' || event.type === 'pointercancel';
    if (lifted) fingers.delete(event.pointerId);
    if (this.pinched === null && (lifted || fingers.size < 2)) return false;
    if (fingers.size < 2) {
      if (fingers.size === 0) {
        this.pinched = null;
        this.pointerLeft();
      }
      return true; // the finger that is left does nothing
    }
    const [a, b] = fingers.values();
    const now = {
      x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)),
    };
    if (event.type === 'pointerdown') {
      if (this.finger?.does === 'drags') this.sendPointer({ clientX: -1, clientY: -1 }, 0, TOUCH);
      this.finger = null;
      this.pinched = { ...now, begin: now, does: null };
      this.sendPointer({ clientX: now.x, clientY: now.y }, 0, TOUCH);
      return true;
    }
    const { pinched } = this;
    if (pinched.does === null) {
      const { begin } = pinched;
      if (Math.abs(now.apart - begin.apart) > TOUCH_SLOP) pinched.does = 'zooms';
      else if (Math.hypot(now.x - begin.x, now.y - begin.y) > TOUCH_SLOP) pinched.does = 'scrolls';
    }
    if (pinched.does === null) return true;
    if (pinched.does === 'zooms') {
      this.module._tc_wheel(0, Math.log(now.apart / pinched.apart) / Math.log(NOTCH_ZOOM), CONTROL);
    } else {
      this.scrollBy(now.x - pinched.x, now.y - pinched.y);
    }
    Object.assign(pinched, now);
    this.owe();
    return true;
  }

  scrollBy(x, y) {
    this.module._tc_wheel(x / NOTCH_X, y / NOTCH_Y, 0);
    this.owe();
  }

  /** What a finger has scrolled goes on for a while; `speed` in CSS pixels a millisecond. */
  glide(speed) {
    if (Math.hypot(speed.x, speed.y) < GLIDE_LEAST || this.reducedMotion.matches) return false;
    let last = performance.now();
    const step = (now) => {
      const passed = Math.min(50, now - last);
      last = now;
      this.scrollBy(speed.x * passed, speed.y * passed);
      const left = Math.exp(-passed / GLIDE_MS);
      speed = { x: speed.x * left, y: speed.y * left };
      if (Math.hypot(speed.x, speed.y) > GLIDE_LEAST / 4) {
        this.gliding = requestAnimationFrame(step);
      } else {
        this.stopGliding();
      }
    };
    this.gliding = requestAnimationFrame(step);
    return true;
  }

  stopGliding() {
    if (this.gliding === 0) return;
    cancelAnimationFrame(this.gliding);
    this.gliding = 0;
    this.pointerLeft();
  }

  /** A finger taps, scrolls when it moves at once, and drags when it has rested first. */
  touch(event) {
    const { clientX: x, clientY: y, timeStamp: time } = event;
    switch (event.type) {
      case 'pointerdown':
        this.finger = {
          x, y, time, moved: time, lastX: x, lastY: y, does: 'rests', speed: { x: 0, y: 0 },
        };
        this.sendPointer(event, 0, TOUCH);
        return;
      case 'pointermove': {
        const { finger } = this;
        if (finger === null) return;
        const moved = Math.hypot(x - finger.x, y - finger.y) > TOUCH_SLOP;
        if (finger.does === 'rests' && moved) {
          finger.does = time - finger.time < TOUCH_REST_MS ? 'scrolls' : 'drags';
          if (finger.does === 'drags') {
            this.sendPointer({ clientX: finger.x, clientY: finger.y }, 1, TOUCH);
          }
        }
        if (finger.does === 'drags') this.sendPointer(event, 1, TOUCH);
        if (finger.does === 'scrolls') {
          this.scrollBy(x - finger.lastX, y - finger.lastY);
          const passed = Math.max(1, time - finger.moved);
          finger.speed = {
            x: 0.7 * ((x - finger.lastX) / passed) + 0.3 * finger.speed.x,
            y: 0.7 * ((y - finger.lastY) / passed) + 0.3 * finger.speed.y,
          };
        }
        [finger.lastX, finger.lastY, finger.moved] = [x, y, time];
        return;
      }
      default: {
        const { does, speed, moved } = this.finger ?? {};
        this.finger = null;
        const rested = time - moved > GLIDE_REST_MS;
        if (does === 'scrolls' && event.type === 'pointerup' && !rested && this.glide(speed)) return;
        if (does === 'rests' && event.type === 'pointerup') this.sendPointer(event, 1, TOUCH);
        if (does !== 'scrolls') this.sendPointer(event, 0, TOUCH);
        // A screen keyboard opens only from inside the event, so the answer can't wait for a frame.
        for (let i = 1; i <= FRAMES_AFTER_TAP; ++i) {
          this.frame(performance.now(), i === FRAMES_AFTER_TAP);
        }
        this.pointerLeft();
      }
    }
  }

  pointerLeft() {
    this.module._tc_pointer_left();
    this.owe();
  }

  wheel(event) {
    // It zooms the page, unless the app has a use of its own for it right there.
    if (event.ctrlKey) {
      this.module._tc_modifiers(this.modifiers(event));
      this.frame(performance.now(), false);
      this.owe();
      if (!this.module._tc_owns_wheel()) return;
    }
    event.preventDefault();
    const line = 100 / 3;
    const unit = [1, line, this.canvas.clientHeight][event.deltaMode] / 100;
    let x = event.deltaX;
    let y = event.deltaY;
    // Some browsers turn the wheel sideways with Shift already; Dear ImGui does it again.
    if (event.shiftKey && y === 0 && !this.apple) [x, y] = [0, x];
    this.module._tc_wheel(-x * unit, -y * unit, this.modifiers(event));
    this.owe();
  }

  focus(focused) {
    this.module._tc_focus(focused ? 1 : 0);
    if (focused) this.placeInput();
    this.owe();
  }

  setCursor(cursor) {
    this.canvas.style.cursor = CURSORS[cursor + 1] ?? 'default';
  }

  // ---------------------------------------------------------------- text

  setIme(wanted, x, y, height) {
    this.ime = { wanted, x, y, height };
    this.placeInput();
  }

  /**
   * Keeps the text field at the caret, so that candidate windows open there. While a text is being
   * composed it is visible and shows it.
   */
  placeInput() {
    const { input, ime, scale } = this;
    const size = ime.height / scale || 16;
    const left = Math.max(0, Math.min(ime.x / scale, this.canvas.clientWidth - size));
    const top = Math.max(0, Math.min(ime.y / scale, this.canvas.clientHeight - size));
    input.style.left = `${left}px`;
    input.style.top = `${top}px`;
    input.style.fontSize = input.style.lineHeight = `${size}px`;
    input.style.height = `${size}px`;
    input.classList.toggle('composing', this.composing);
    input.style.width = '1px';
    if (this.composing) {
      const room = this.canvas.clientWidth - left;
      input.style.width = `${Math.min(input.scrollWidth + 1, room)}px`;
    }
    // Whoever goes through the mirror stays there.
    if (this.mirror?.holds(document.activeElement)) return;
    const wanted = ime.wanted ? input : this.canvas;
    if (document.activeElement !== wanted && document.hasFocus()) {
      wanted.focus({ preventScroll: true });
    }
  }

  beforeInput(event) {
    if (this.composing || event.isComposing) return;
    switch (event.inputType) {
      case 'insertText':
      case 'insertReplacementText':
      case 'insertCompositionText':
      case 'insertFromComposition':
        return; // comes as an input event
      case 'insertLineBreak':
      case 'insertParagraph':
        this.chord('Enter');
        break;
      // Screen keyboards report no keys, only what they want done.
      case 'deleteContentBackward':
        this.chord('Backspace');
        break;
      case 'deleteContentForward':
        this.chord('Delete');
        break;
      default:
        break;
    }
    event.preventDefault();
  }

  takeInput() {
    const text = this.input.value;
    this.input.value = '';
    if (text === '' || !this.ime.wanted) return;
    this.withTexts([text], (pointer) => this.module._tc_type(pointer));
    this.owe();
  }

  paste(event) {
    if (this.mirror?.isField(event.target)) return;
    const file = event.clipboardData?.files[0];
    if (file) {
      event.preventDefault();
      this.openFile(file);
      return;
    }
    if (!this.ime.wanted) {
      this.pasteTable(event.clipboardData?.getData('text/plain') ?? '');
      return;
    }
    event.preventDefault();
    this.withTexts([event.clipboardData.getData('text/plain')],
      (text) => this.module._tc_clipboard(text));
    this.chord('KeyV', this.apple ? META : CONTROL);
  }

  /** Lets the app answer a copy at once, while the browser still waits for it. */
  copyNow() {
    this.pendingCopy = null;
    this.copying = true;
    this.frameNow();
    this.copying = false;
    const text = this.pendingCopy;
    if (text === null) return;
    // Usually a copy event follows and takes it; otherwise it goes the modern way.
    setTimeout(() => {
      if (this.pendingCopy === text) this.writeClipboard(text);
    });
  }

  copy(event) {
    if (this.pendingCopy === null) return;
    event.clipboardData.setData('text/plain', this.pendingCopy);
    event.preventDefault();
    this.pendingCopy = null;
  }

  setClipboard(text) {
    if (this.copying) this.pendingCopy = text;
    else this.writeClipboard(text);
  }

  writeClipboard(text) {
    this.pendingCopy = text;
    const fallback = () => {
      document.execCommand('copy'); // ends in `copy`
      this.pendingCopy = null;
    };
    if (navigator.clipboard === undefined) fallback();
    else navigator.clipboard.writeText(text).then(() => { this.pendingCopy = null; }, fallback);
  }

  // ---------------------------------------------------------------- glyphs

  /**
   * Draws one character and returns {advance, x, y, width, height, coloured, rgba}: the smallest
   * box around its ink, from the pen on the baseline.
   */
  rasterise(codePoint, size, weight, pixels = true) {
    if (this.glyphs === null) {
      const canvas = document.createElement('canvas');
      canvas.lang = 'zh-CN'; // Chinese forms of unified characters, whatever the page's language
      canvas.width = canvas.height = 64;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      this.glyphs = { canvas, context, font: '' };
    }
    const { canvas, context } = this.glyphs;
    const font = `${weight} ${size}px ${FAMILIES}`;
    if (this.glyphs.font !== font) {
      context.font = font;
      context.fontKerning = 'none';
      this.glyphs.font = font;
    }
    const text = String.fromCodePoint(codePoint);
    const metrics = context.measureText(text);
    const empty = {
      advance: metrics.width, x: 0, y: 0, width: 0, height: 0, coloured: false, rgba: null,
    };
    if (!pixels) return empty;
    const left = Math.ceil(metrics.actualBoundingBoxLeft) + 1;
    const top = Math.ceil(metrics.actualBoundingBoxAscent) + 1;
    const width = left + Math.ceil(metrics.actualBoundingBoxRight) + 1;
    const height = top + Math.ceil(metrics.actualBoundingBoxDescent) + 1;
    if (!(width > 2 && height > 2)) return empty;
    if (width > canvas.width || height > canvas.height) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
      context.font = font;
      context.fontKerning = 'none';
    } else {
      context.clearRect(0, 0, width, height);
    }
    context.fillText(text, left, top);
    const { data } = context.getImageData(0, 0, width, height);

    let x0 = width;
    let x1 = 0;
    let y0 = height;
    let y1 = 0;
    let coloured = false;
    for (let y = 0, i = 0; y < height; ++y) {
      for (let x = 0; x < width; ++x, i += 4) {
        if (data[i + 3] === 0) continue;
        if (x < x0) x0 = x;
        if (x >= x1) x1 = x + 1;
        if (y < y0) y0 = y;
        y1 = y + 1;
        // The ink is black, so a colour can only be the font's own.
        if (data[i] | data[i + 1] | data[i + 2]) coloured = true;
      }
    }
    if (x1 === 0) return empty;
    const rgba = new Uint8Array((x1 - x0) * (y1 - y0) * 4);
    for (let y = y0; y < y1; ++y) {
      rgba.set(data.subarray((y * width + x0) * 4, (y * width + x1) * 4), (y - y0) * (x1 - x0) * 4);
    }
    return {
      advance: metrics.width, x: x0 - left, y: y0 - top, width: x1 - x0, height: y1 - y0, coloured, rgba,
    };
  }

  rasteriseInto(codePoint, size, weight, pixels, out) {
    const glyph = this.rasterise(codePoint, size, weight, pixels);
    let pointer = 0;
    if (glyph.rgba !== null) {
      const count = glyph.width * glyph.height;
      pointer = this.module._tc_pixel_buffer(glyph.coloured ? count * 4 : count);
      const heap = this.module.HEAPU8;
      if (glyph.coloured) heap.set(glyph.rgba, pointer);
      else for (let i = 0; i < count; ++i) heap[pointer + i] = glyph.rgba[i * 4 + 3];
    }
    const view = new DataView(this.module.HEAPU8.buffer, out, 28);
    view.setFloat32(0, glyph.advance, true);
    view.setInt32(4, glyph.x, true);
    view.setInt32(8, glyph.y, true);
    view.setInt32(12, glyph.width, true);
    view.setInt32(16, glyph.height, true);
    view.setInt32(20, glyph.coloured ? 1 : 0, true);
    view.setUint32(24, pointer, true);
  }

  forgetGlyphs() {
    if (this.module === null) return;
    this.module._tc_forget_glyphs();
    this.owe();
  }

  // ---------------------------------------------------------------- files

  sentence(name, value = '') {
    return SENTENCES[name][this.module._tc_is_chinese() ? 0 : 1].replace('{0}', value);
  }

  openFailed(name, sentence) {
    this.withTexts([name, sentence], (n, s) => this.module._tc_open_failed(n, s));
    this.owe();
  }

  /** `kept`: the bytes are all that is kept of this board; `file`: the handle of the file. */
  openBytes(name, bytes, kept = null, file = null) {
    if (bytes.length > MAX_FILE_BYTES) return this.openFailed(name, this.sentence('tooLarge'));
    const before = this.offered;
    this.offered = { bytes, kept, file };
    const taken = this.withBytes(bytes, (pointer) => {
      this.withTexts([name],
        (n) => this.module._tc_open(n, pointer, bytes.length, kept === null ? 0 : 1));
    });
    if (taken) return;
    this.offered = before; // goes on
    this.openFailed(name, this.sentence('memory'));
  }

  /** Called when what was offered last has become the board; it may be refused or given up. */
  hasOpened() {
    const { bytes, kept, file } = this.offered;
    this.offered = null;
    this.board = kept;
    this.source = null;
    this.boardFile = file;
    const opened = ++this.opened;
    if (kept === null) this.recalling = Promise.resolve().then(() => this.recall(opened, bytes));
  }

  // ---------------------------------------------------------------- boards that are kept

  openStore() {
    this.store ??= import('./store.js').then(async (library) => {
      const store = await library.Store.open();
      this.storeLibrary = library;
      this.otherWindows ??= this.listenToOthers();
      return store;
    });
    this.store.catch(() => { this.store = null; }); // the next time may be better
    return this.store;
  }

  /**
   * What `action` answers, a function of the store. A browser may leave a request without an answer
   * when the data base is cleared under it; then this rejects, and the next time opens it anew.
   */
  async stored(action) {
    try {
      return await within(STORE_PATIENCE_MS, this.openStore().then(action));
    } catch (error) {
      if (error?.name === 'TimeoutError') this.store = null;
      throw error;
    }
  }

  listenToOthers() {
    const channel = new BroadcastChannel('tongcheng');
    channel.onmessage = ({ data }) => {
      if (this.module === null || typeof data?.board !== 'string') return;
      this.noteKept(data.board, data.title);
      if (data.board !== this.board) return;
      if (data.lines === null || !this.receive(data.lines)) {
        this.join(data.board, this.opened).catch((error) => { console.warn(error); });
      }
    };
    return channel;
  }

  /** Gives the app lines that another window has kept; false when they don't follow what it has. */
  receive(lines) {
    let taken = 0;
    this.withBytes(lines, (pointer) => {
      taken = this.module._tc_receive(pointer, lines.length);
    });
    return taken !== 0;
  }

  /** Brings back what was written in the ledger of this file earlier, once the file is seen. */
  async recall(opened, bytes) {
    try {
      await this.settled();
      await new Promise((resolve) => { (window.requestIdleCallback ?? setTimeout)(resolve); });
      if (opened !== this.opened) return;
      await this.listBoards();
      const head = this.decoder.decode(bytes.subarray(0, 256));
      let board = this.storeLibrary?.boardOf(head) ?? null;
      if (board === null && crypto.subtle !== undefined) {
        const source = hex(await crypto.subtle.digest('SHA-256', bytes));
        if (opened !== this.opened) return;
        this.source = source;
        board = await this.stored((store) => store.boardFrom(source));
      }
      if (board === null || opened !== this.opened) return;
      this.board = board;
      await this.join(board, opened);
    } catch (error) {
      console.warn(error); // without it nothing is recalled; keeping says so when it fails
    }
  }

  /** Gives the app what is kept of the open board. */
  async join(board, opened) {
    const bytes = await this.stored((store) => store.file(board));
    await this.wholeProgram();
    if (bytes === null || opened !== this.opened || this.module === null) return;
    this.withBytes(bytes, (pointer) => this.module._tc_join(pointer, bytes.length));
  }

  /** Called for each entry, with all of the board when `whole`; answers with `tc_kept`. */
  keep(board, title, bytes, whole) {
    const isNew = this.board !== board;
    this.board = board;
    const { source, opened } = this;
    this.keeping = this.keeping.then(async () => {
      let problem = '';
      try {
        // After one that failed the others would have a gap before them; the app sends all of it.
        if (this.unkept?.board === board && !whole) throw this.unkept.error;
        await this.write(board, title, bytes, whole, source);
        this.unkept = null;
        this.otherWindows.postMessage({ board, title, lines: whole ? null : bytes });
      } catch (error) {
        const isBehind = error?.name === 'MissingBoard' || (error?.name === 'TimeoutError' && !whole);
        if (isBehind && this.module !== null && opened === this.opened) {
          this.module._tc_keep_again(); // the browser's data have been cleared meanwhile
          return;
        }
        this.unkept = { board, error };
        problem = `${error?.name ?? 'Error'}: ${error?.message ?? error}`;
      }
      if (this.module === null) return;
      this.withTexts([problem], (detail) => this.module._tc_kept(problem === '' ? 1 : 0, detail));
      this.owe(1);
      if (problem !== '') return;
      this.noteKept(board, title);
      // Another window may have begun with the same file.
      if (isNew) await this.join(board, opened).catch((error) => { console.warn(error); });
    });
  }

  async write(...what) {
    const attempt = () => this.stored((store) => store.keep(...what));
    try {
      await attempt();
    } catch (error) {
      // The browser closes the data base when its data are cleared.
      if (error?.name !== 'InvalidStateError') throw error;
      this.store = null;
      await attempt();
    }
  }

  /** Tells the app which boards there are to open. */
  async listBoards() {
    try {
      this.keptBoards = await this.stored((store) => store.boards());
      this.showBoards();
    } catch (error) {
      console.warn(error);
    }
  }

  /** A board has been kept now. */
  noteKept(id, title) {
    if (this.keptBoards === null) return;
    const [latest] = this.keptBoards;
    if (latest?.id === id && latest.title === title) return;
    this.keptBoards = [{ id, title }, ...this.keptBoards.filter((board) => board.id !== id)];
    this.showBoards();
  }

  showBoards() {
    if (this.module === null) return;
    const list = this.keptBoards
      .map(({ id, title }) => `${id}\t${title.replaceAll(/[\t\n]/g, ' ')}\n`).join('');
    this.withTexts([list], (text) => this.module._tc_kept_boards(text));
    this.owe(1);
  }

  async openKept(board) {
    const load = ++this.loads;
    const bytes = await this.stored((store) => store.file(board)).catch(() => null);
    await this.wholeProgram();
    if (load !== this.loads || this.module === null) return;
    if (bytes === null) this.openFailed(board.slice(0, 12), this.sentence('unreadable'));
    else this.openBytes(`${board.slice(0, 12)}.tongcheng.jsonl`, bytes, board);
  }

  /** Milliseconds since 1970 for entries of the ledger. */
  now() {
    return Date.now();
  }

  /** `handle`: where a board's file is saved again. */
  async openFile(file, handle = null) {
    const load = ++this.loads;
    if (file.size > MAX_FILE_BYTES) {
      this.openFailed(file.name, this.sentence('tooLarge'));
      return;
    }
    let bytes = null;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      // said below
    }
    if (load !== this.loads || this.module === null) return; // another one has been chosen since
    if (bytes === null) this.openFailed(file.name, this.sentence('unreadable'));
    else if (isSheet(file.name, bytes)) await this.importSheet(file.name, bytes);
    else this.openBytes(file.name, bytes, null, handle);
  }

  // ---------------------------------------------------------------- spreadsheets

  /** One of the libraries whose actions a worker does, or where there is none the page. */
  library(name) {
    const load = {
      sheets: () => import('./lazy/sheets.js'), exports: () => import('./lazy/exports.js'),
    }[name];
    this.libraries[name] ??= load().catch((error) => {
      delete this.libraries[name]; // the next time it may come
      throw error;
    });
    return this.libraries[name];
  }

  /**
   * Has an action of lazy/sheets.js or lazy/exports.js done in a worker while the page says so and
   * goes on. Rejects with an AbortError when the user gives it up.
   */
  async workBeside(library, name, isWriting, action, ...what) {
    // A table that is read takes the place of another; what is written is wanted all the same.
    if (!isWriting) this.tasks.filter((each) => !each.isWriting).forEach((each) => each.abort());
    const timer = setInterval(() => this.owe(1), PROGRESS_MS);
    const task = { name, isWriting, abort: () => {} };
    this.tasks.push(task);
    this.sayTask();
    try {
      return await this.inWorker(task, library, action, what);
    } finally {
      clearInterval(timer);
      this.tasks.splice(this.tasks.indexOf(task), 1);
      this.sayTask();
    }
  }

  /** Tells the program what the newest task is, the one that can be given up. */
  sayTask() {
    if (this.module === null) return;
    const { name, isWriting } = this.tasks.at(-1) ?? { name: '', isWriting: false };
    this.withTexts([name], (text) => this.module._tc_busy(text, isWriting ? 1 : 0));
    this.owe(1);
  }

  inWorker(task, library, action, what) {
    const inPage = async () => (await this.library(library)).actions[action](...what);
    let worker;
    try {
      worker = new Worker(new URL('./lazy/worker.js', import.meta.url));
    } catch {
      return inPage(); // a page that was opened as a file
    }
    const done = new Promise((resolve, reject) => {
      task.abort = () => reject(new DOMException('given up', 'AbortError'));
      // A browser that can't do it there can do it here, or say better why not.
      worker.onerror = () => resolve(inPage());
      worker.onmessage = ({ data: { bytes, problem } }) => {
        if (bytes) resolve(bytes);
        else if (problem.code === undefined) resolve(inPage());
        else reject(Object.assign(new Error(problem.message), { code: problem.code }));
      };
    });
    worker.postMessage({ library, action, what });
    return done.finally(() => worker.terminate());
  }

  /** Called when the user doesn't want to wait for it. */
  giveUp() {
    this.tasks.at(-1)?.abort();
  }

  /** Shows what a spreadsheet would change. */
  async importSheet(name, bytes) {
    const load = ++this.loads;
    try {
      const workbook = await this.workBeside('sheets', name, false, 'read', name, bytes);
      if (load === this.loads && this.module !== null) this.offerTable(name, workbook, false);
    } catch (error) {
      if (load === this.loads) this.workFailed(name, error);
    }
  }

  /**
   * Shows what pasted cells would change. Text without tabs is no table, but for a column: several
   * short lines of which, as spreadsheets copy them, the last one ends, too.
   */
  async pasteTable(text) {
    if (!text.includes('\t') && !/^([^\n]{0,200}\n){2,}$/.test(text)) return;
    const load = ++this.loads;
    const name = this.sentence('pasted');
    try {
      const workbook = await this.workBeside('sheets', name, false, 'cells', text);
      if (load === this.loads && this.module !== null) this.offerTable('', workbook, true);
    } catch (error) {
      this.workFailed(name, error);
    }
  }

  /** `bytes`: a workbook's JSON, zero-terminated. */
  offerTable(name, bytes, pasted) {
    const offered = this.withBytes(bytes, (pointer) => {
      this.withTexts([name], (n) => this.module._tc_import(n, pointer, pasted ? 1 : 0));
    });
    if (!offered) this.openFailed(name, this.sentence('memory'));
  }

  workFailed(name, error) {
    if (error.name === 'AbortError' || this.module === null) return;
    this.openFailed(name, this.workProblem(error));
  }

  workProblem(error) {
    if (error.code === undefined) console.warn(error);
    const known = {
      'too-large': 'sheetTooLarge', 'wrong-format': 'sheetFormat', 'old-format': 'sheetOld',
      encoding: 'sheetEncoding',
    };
    return this.sentence(known[error.code] ?? 'offline', error.message);
  }

  async saveWorkbook(name, json) {
    try {
      const bytes = await this.workBeside('sheets', name, true, 'write', json);
      this.saveFile(name, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes);
    } catch (error) {
      this.workFailed(name, error);
    }
  }

  drag(event, change) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.setDragDepth(Math.max(0, this.dragDepth + change));
  }

  setDragDepth(depth) {
    const changed = (depth > 0) !== (this.dragDepth > 0);
    this.dragDepth = depth;
    if (!changed) return;
    this.module._tc_drop_hint(depth > 0 ? 1 : 0);
    this.owe();
  }

  drop(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.setDragDepth(0);
    const item = Array.from(event.dataTransfer.items).find((i) => i.kind === 'file');
    const file = event.dataTransfer.files[0];
    if (!file) return;
    if (item?.webkitGetAsEntry?.()?.isDirectory) {
      this.openFailed(file.name, this.sentence('folder'));
    } else {
      this.openFile(file);
    }
  }

  async chooseFile() {
    if (window.showOpenFilePicker === undefined) {
      this.picker.click();
      return;
    }
    try {
      const [handle] = await window.showOpenFilePicker();
      const file = await handle.getFile();
      // Saving goes back to a board's file; a programme's or a spreadsheet's is never written.
      await this.openFile(file, file.name.endsWith('.jsonl') ? handle : null);
    } catch (error) {
      if (error?.name !== 'AbortError') this.picker.click();
    }
  }

  /** Saves a board in the file that it came from or one that is chosen now; else as a download. */
  async saveBoard(name, bytes) {
    if (window.showSaveFilePicker === undefined) {
      this.saveFile(name, 'application/jsonl', bytes);
      return;
    }
    const copy = bytes.slice(); // the module's memory may move meanwhile
    let problem = '';
    let file = this.boardFile;
    try {
      file ??= await window.showSaveFilePicker({
        suggestedName: name, types: [{ accept: { 'application/jsonl': ['.jsonl'] } }],
      });
      const writable = await file.createWritable();
      await writable.write(copy);
      await writable.close();
      this.boardFile = file;
    } catch (error) {
      if (error?.name === 'AbortError') return;
      problem = `${error?.name ?? 'Error'}: ${error?.message ?? error}`;
    }
    if (this.module === null) return;
    this.withTexts([file?.name ?? name, problem], (n, detail) => this.module._tc_saved(n, detail));
    this.owe();
  }

  async loadShipped(id) {
    if (!/^[a-z0-9-]+$/.test(id)) return;
    const load = ++this.loads;
    const name = `${id}.json`;
    let bytes = null;
    let problem = '';
    try {
      const begun = this.prefetched?.id === id ? this.prefetched.response : null;
      this.prefetched = null;
      // The texts of the other programmes would otherwise be drawn twice.
      const fonts = id === FIRST_PROGRAMME ? null : this.moreFonts?.();
      const response = await (begun ?? fetch(`programmes/${name}`));
      if (response.ok) bytes = new Uint8Array(await response.arrayBuffer());
      else problem = this.sentence('missing', response.status);
      await fonts;
    } catch {
      problem = this.sentence('offline');
    }
    if (load !== this.loads || this.module === null) return;
    if (bytes === null) {
      this.openFailed(name, problem);
    } else {
      this.openBytes(name, bytes);
      this.onProgramme(id);
    }
  }

  saveFile(name, mime, bytes) {
    const url = URL.createObjectURL(new Blob([bytes.slice()], { type: mime }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  /** Draws an SVG at twice its size, or less where that is more than a canvas holds. */
  async savePicture(name, svg) {
    const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    try {
      const picture = new Image();
      picture.src = url;
      await picture.decode();
      const most = Math.min(2, MAX_PICTURE / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.floor(picture.width * most));
      canvas.height = Math.max(1, Math.floor(picture.height * most));
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
      if (blob === null) throw new Error('the picture is too large');
      this.saveFile(name, 'image/png', new Uint8Array(await blob.arrayBuffer()));
    } catch (error) {
      console.error(error);
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  // ---------------------------------------------------------------- page

  openLink(url) {
    let address;
    try {
      address = new URL(url);
    } catch {
      return;
    }
    if (address.protocol === 'http:' || address.protocol === 'https:') {
      window.open(address.href, '_blank', 'noopener,noreferrer');
    }
  }

  /** Shows what a link names. */
  follow(link) {
    this.withTexts([link], (pointer) => this.module._tc_follow(pointer));
    this.owe();
  }

  showAddress(link, step) {
    this.onAddress(link, step);
  }

  copyAddress(link) {
    const address = new URL(location.href);
    address.hash = link;
    this.setClipboard(address.href);
  }

  remember(key, value) {
    try {
      localStorage.setItem(`tongcheng.${key}`, value);
    } catch {
      // private windows may forbid it; then it lasts until the page is left
    }
    this.onPreference(key, value);
  }

  /** Fetches the first letters of pinyin for the command palette, which does without them until then. */
  async loadInitials() {
    try {
      const table = await (await this.get('lazy/pinyin.txt')).text();
      this.withTexts([table], (text) => this.module._tc_initials(text));
      this.owe();
    } catch (error) {
      console.warn(error);
    }
  }

  restore(key, value) {
    this.withTexts([key, value], (k, v) => this.module._tc_restore(k, v));
    this.owe();
  }

  /** Days from 1970-01-01 to the calendar's day here. */
  today() {
    const now = new Date();
    return Math.floor((now.getTime() - now.getTimezoneOffset() * 60_000) / 86_400_000);
  }

  setPage(title, chinese) {
    document.title = title;
    document.documentElement.lang = chinese ? 'zh-CN' : 'en';
  }

  /** Writes for each of the zero-separated texts its rank in dictionary order. */
  collate(texts, length, chinese, ranks, count) {
    const all = this.text(texts, length).split('\0');
    const { compare } = new Intl.Collator(chinese ? 'zh-Hans-CN' : 'en', { numeric: true });
    const sorted = [...new Set(all)].sort(compare);
    const rankOf = new Map();
    let rank = 0;
    sorted.forEach((text, i) => {
      if (i > 0 && compare(sorted[i - 1], text) !== 0) rank += 1;
      rankOf.set(text, rank);
    });
    const out = new Uint32Array(this.module.HEAPU8.buffer, ranks, count);
    for (let i = 0; i < count; ++i) out[i] = rankOf.get(all[i]);
  }

  // ---------------------------------------------------------------- roadshows

  fullScreen(on) {
    if (on) document.documentElement.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => {});
    else if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }

  /** Slides are about to be drawn one after the other, behind a cover. */
  beginTour(purpose) {
    this.tour = { purpose, slides: [], wanted: null };
    this.thumbnails = [];
    this.onTour(0, 1);
    if (purpose === 'warm') return;
    setTimeout(() => {
      this.setCanvasSize(...EXPORT_SIZE);
      this.module._tc_resize(...EXPORT_SIZE, 1);
    });
  }

  capture(purpose, slide, of, about) {
    if (this.tour !== null) this.tour.wanted = { slide, of, about: JSON.parse(about) };
  }

  /** Of the frame that has just been drawn: later the browser may have taken it away. */
  takePicture() {
    const { tour } = this;
    const { slide, of, about } = tour.wanted;
    tour.wanted = null;
    const picture = document.createElement('canvas');
    const scale = tour.purpose === 'warm' ? Math.min(1, THUMBNAIL_WIDTH / this.canvas.width) : 1;
    picture.width = Math.round(this.canvas.width * scale);
    picture.height = Math.round(this.canvas.height * scale);
    picture.getContext('2d').drawImage(this.canvas, 0, 0, picture.width, picture.height);
    if (tour.purpose === 'warm') {
      this.thumbnails[slide] = picture.toDataURL('image/jpeg', 0.8);
      this.talkChannel().postMessage({ picture: slide, url: this.thumbnails[slide] });
    } else {
      const png = new Promise((resolve) => { picture.toBlob(resolve, 'image/png'); })
        .then((blob) => blob.arrayBuffer());
      const { width, height } = picture;
      tour.slides.push({ png, width, height, nodes: this.describe(), about });
    }
    this.onTour(slide + 1, of);
    if (slide + 1 < of) return;
    this.endTour();
    if (tour.purpose === 'warm') return;
    this.exporting = this.saveDeck(tour.purpose, tour.slides);
  }

  async saveDeck(purpose, slides) {
    const [extension, mime] = DECK_FILES[purpose];
    const name = `${slides[0].about.file}.${extension}`;
    try {
      for (const slide of slides) slide.png = new Uint8Array(await slide.png);
      const { lang } = document.documentElement;
      this.saveFile(name, mime, await this.workBeside('exports', name, true, purpose, slides, lang));
    } catch (error) {
      this.workFailed(name, error);
    }
  }

  /** Gives up what the slides are being drawn for. */
  cancelTour() {
    if (this.tour === null || this.module === null) return;
    this.withTexts(['stop'], (text) => this.module._tc_talk_command(text));
    this.owe();
  }

  endTour() {
    const { purpose } = this.tour;
    this.tour = null;
    this.onTour(0, 0);
    if (purpose === 'warm') return;
    this.knownScale = 0; // back to the size of the window
    setTimeout(() => this.fit());
  }

  talkChannel() {
    if (this.talkWindows === null) {
      this.talkWindows = new BroadcastChannel('tongcheng-talk');
      this.talkWindows.onmessage = ({ data }) => {
        if (typeof data?.command !== 'string' || this.module === null || this.talk === null) return;
        if (data.command === 'hello') {
          this.thumbnails.forEach((url, picture) => this.talkWindows.postMessage({ picture, url }));
        }
        this.withTexts([data.command], (text) => this.module._tc_talk_command(text));
        this.owe();
      };
    }
    return this.talkWindows;
  }

  presenting(state) {
    if (state === 'window') {
      window.open(`${location.pathname}?presenter&lang=${this.module._tc_is_chinese() ? 'zh' : 'en'}`,
        'tongcheng-presenter', 'popup,width=1200,height=760');
      return;
    }
    this.talk = state === '' ? null : state;
    this.talkChannel().postMessage({ state });
    this.onTalk(this.talk !== null);
    if (this.talk === null && this.tour !== null) this.endTour();
  }

  ring(times) {
    this.sound ??= new AudioContext();
    for (let i = 0; i < times; ++i) {
      const begin = this.sound.currentTime + i * 0.5;
      const tone = new OscillatorNode(this.sound, { frequency: 1318.5 });
      const volume = new GainNode(this.sound, { gain: 0.4 });
      volume.gain.setValueAtTime(0.4, begin);
      volume.gain.exponentialRampToValueAtTime(0.001, begin + 1.2);
      tone.connect(volume).connect(this.sound.destination);
      tone.start(begin);
      tone.stop(begin + 1.2);
    }
  }

  savePage(name, board) {
    const copy = board.slice();
    this.exporting = this.library('exports')
      .then((library) => library.singlePage(name, copy))
      .then((bytes) => this.saveFile(`${name}.html`, 'text/html', bytes))
      .catch((error) => this.workFailed(`${name}.html`, error));
  }

  // ---------------------------------------------------------------- assistive technology

  async setMirror(on) {
    this.mirrorLibrary ??= import('./lazy/mirror.js');
    const { Mirror } = await this.mirrorLibrary;
    if (this.module === null || on === (this.mirror !== null)) return;
    this.module._tc_set_mirrored(on ? 1 : 0);
    if (on) {
      this.mirror = new Mirror(this, document.getElementById('mirror'));
    } else {
      this.mirror.end();
      this.mirror = null;
    }
    this.owe();
  }

  /** Resolves when the mirror says what the last frame showed. */
  async mirrored() {
    await this.setMirror(true);
    await this.settled();
    this.mirror?.update();
  }

  /** Asks the widget of that id for something: 'press', 'focus' or 'text'. */
  ask(id, what, text = '') {
    const number = ['press', 'focus', 'text'].indexOf(what);
    this.withTexts([text], (pointer) => this.module._tc_ask(id, number, pointer));
    this.owe();
  }

  /** Presses what has no widget of its own: where it is on the screen. */
  pressNode(role, name) {
    const node = this.describe().find((each) => each.role === role && each.name === name);
    if (node === undefined) return;
    const at = { clientX: node.x + node.width / 2, clientY: node.y + node.height / 2 };
    for (const buttons of [0, 1, 0]) {
      this.sendPointer(at, buttons, MOUSE);
      this.frame(performance.now(), false);
    }
    this.owe();
  }

  /** Scrolls by so many lines of this node's height: up with a positive sign. */
  scrollNode(role, name, sign, lines) {
    const node = this.describe().find((each) => each.role === role && each.name === name);
    if (node === undefined) return;
    this.sendPointer({ clientX: node.x + node.width / 2, clientY: node.y + node.height / 2 }, 0, MOUSE);
    this.frame(performance.now(), false);
    this.module._tc_wheel(0, (sign * lines * node.height) / NOTCH_Y, 0);
    this.owe();
  }

  describe() {
    if (this.module === null) return [];
    return JSON.parse(this.zeroTerminated(this.module._tc_describe()));
  }
}
