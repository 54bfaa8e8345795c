// What the canvas shows, as DOM that nobody sees and that screen readers read, from the semantics
// of the last frame (web/ui/semantics.hpp). Elements are kept by key, so that a reader doesn't lose
// its place, and act in the app when they are pressed, focused or typed in.

const DELAY_MS = 400; // while the pointer or the wheel moves things
const LONGEST_MS = 2000;
const TYPING_MS = 800; // in which a field's text has come back
const ASKED_MS = 30; // after a key, or what was asked for through the mirror

const SELECTED = 1;
const FOCUSED = 2;
const DISABLED = 4;
const TOGGLES = 8;
const OPENS = 16;
const MULTILINE = 32;
const SLIDES = 64;
const OFFSCREEN = 128;

const PARTS = ['main', 'banner', 'navigation'];
const LEAVES = new Set(['button', 'option', 'row', 'listitem']);

const WORDS = {
  before: ['前面还有 {0} 项，向上翻', '{0} more before, scroll up'],
  after: ['后面还有 {0} 项，向下翻', '{0} more after, scroll down'],
  menu: ['菜单', 'Menu'],
  table: ['表格', 'Table'],
  list: ['列表', 'List'],
};

const readNode = ([role, name, value, flags, id, layer, part, parent, level, row, column, rows,
  low, high, now]) => ({
  role, name, value, flags, id, layer, part, parent, level, row, column, rows, low, high, now, kids: [],
});

/** Name and value in one line. */
const textOf = ({ name, value }) => (value && name ? `${name} · ${value}` : name || value);

const groupOf = ({ role, flags, part }) => {
  if (role === 'tab') return part === 2 ? 'pages' : 'tabs';
  if (role === 'option') return flags & TOGGLES ? null : 'options';
  if (role === 'listitem') return 'items';
  return role === 'row' || role === 'cell' || role === 'columnheader' ? 'grid' : null;
};

export class Mirror {
  /** `host`: see host.js; `root`: an empty element. */
  constructor(host, root) {
    this.host = host;
    this.root = root;
    this.timer = 0;
    this.since = 0; // of the first change that isn't shown yet
    this.askedAt = -Infinity; // when the app was last asked for something from here
    this.spent = 0; // milliseconds so far
    this.updates = 0;
    this.told = 0; // the widget that the focus was last told of or taken from
    this.following = false;
    this.byId = new Map();
    this.appeared = []; // messages that weren't there before
    this.announcements = document.getElementById('announcements');
    this.ends = new AbortController();
    const on = (name, handler) =>
      root.addEventListener(name, handler.bind(this), { signal: this.ends.signal });
    on('click', this.click);
    on('focusin', this.focusIn);
    on('input', this.input);
    on('compositionend', this.input);
    this.update();
  }

  end() {
    clearTimeout(this.timer);
    this.ends.abort();
    this.root.replaceChildren();
    this.root.mirrored = undefined;
    this.host.canvas.removeAttribute('aria-activedescendant');
  }

  holds(element) {
    return element instanceof Element && this.root.contains(element);
  }

  isField(element) {
    return (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) &&
      this.holds(element);
  }

  /** The semantics have changed: the mirror follows when they come to rest, or after a while. */
  changed() {
    const now = performance.now();
    if (this.timer === 0) this.since = now;
    clearTimeout(this.timer);
    const rest = now - this.askedAt < LONGEST_MS ? ASKED_MS : DELAY_MS;
    const wait = Math.max(0, Math.min(rest, this.since + LONGEST_MS - now));
    this.timer = setTimeout(() => {
      // Between frames, not in front of one.
      if (window.requestIdleCallback === undefined) this.update();
      else requestIdleCallback(() => { if (this.timer !== 0) this.update(); }, { timeout: LONGEST_MS });
    }, wait);
  }

  update() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { module } = this.host;
    if (module === null) return;
    const begin = performance.now();
    const text = this.host.zeroTerminated(module._tc_mirror());
    if (text !== this.text) {
      this.text = text;
      this.show(JSON.parse(text).map(readNode));
    }
    this.spent += performance.now() - begin;
    this.updates += 1;
  }

  ask(id, what, text) {
    this.askedAt = performance.now();
    this.host.ask(id, what, text);
  }

  word(key, value) {
    return WORDS[key][this.chinese ? 0 : 1].replace('{0}', value);
  }

  // ---------------------------------------------------------------- structure

  show(nodes) {
    this.chinese = this.host.module._tc_is_chinese() !== 0;
    this.level = 0;
    this.names = new Map();
    this.byId.clear();
    const parts = { main: [], banner: [], navigation: [] };
    const layers = new Map(); // windows of dialogs and menus, in the order of their appearance
    let labels = '';
    let title = '';
    this.opener = '';
    for (const node of nodes) {
      if (node.role === 'navigation') {
        labels = node.name;
        continue;
      }
      if (node.part === 2 && node.role === 'tab' && node.flags & SELECTED) title = node.name;
      if (node.flags & OPENS && node.flags & SELECTED) this.opener = node.name;
      if (node.parent >= 0) {
        nodes[node.parent].kids.push(node);
      } else if (node.layer !== 0) {
        if (!layers.has(node.layer)) layers.set(node.layer, []);
        layers.get(node.layer).push(node);
      } else {
        parts[PARTS[node.part]].push(node);
      }
    }
    const stays = this.title === title;
    this.title = title;
    this.appeared.length = 0;
    this.near = null; // the last heading
    const banner = this.children(parts.banner, 2);
    const navigation = this.children(parts.navigation, 2);
    this.near = null;
    const main = this.children(parts.main, 2);
    const dialogs = [];
    // A menu belongs to what is behind it.
    let front = main;
    for (const [layer, list] of layers) {
      const dialog = list.find((node) => node.role === 'dialog');
      if (dialog !== undefined) {
        const kids = this.children(dialog.kids, 2, dialog.name);
        kids.push(...this.children(list.filter((node) => node !== dialog), 2));
        front = kids;
        dialogs.push({
          key: `dialog${layer}`, tag: 'div', kids,
          attributes: { role: 'dialog', 'aria-modal': 'true', 'aria-label': dialog.name },
        });
        continue;
      }
      if (list.every((node) => node.role === 'option' || node.role === 'text')) {
        front.push(...this.children(list, 3, this.opener, 'mirror-list'));
      } else {
        front.push({
          key: `menu${layer}`, tag: 'div', kids: this.children(list, 3),
          attributes: { role: 'group', 'aria-label': this.word('menu') },
        });
      }
    }
    const covered = dialogs.length > 0;
    const behind = (is) => ({ inert: is, 'aria-hidden': is ? 'true' : null });
    const specs = [
      { key: 'banner', tag: 'header', kids: banner, attributes: behind(covered) },
      { key: 'navigation', tag: 'nav', kids: navigation,
        attributes: { ...behind(covered), 'aria-label': labels || null } },
      { key: 'main', tag: 'main', kids: main,
        attributes: { ...behind(covered), 'aria-label': title || null } },
      ...dialogs.map((dialog, i) => ({
        ...dialog, attributes: { ...dialog.attributes, ...behind(i + 1 < dialogs.length) },
      })),
    ];
    const held = this.holds(document.activeElement) ? document.activeElement : null;
    this.patch(this.root, specs);
    // Readers miss what arrives together with its element; a page's own status lines aren't news.
    if (stays && this.appeared.length > 0) this.announcements.textContent = this.appeared.join(' ');
    else if (!stays) this.announcements.textContent = '';
    this.follow(nodes, held);
  }

  /**
   * The elements of nodes that follow each other. `own`: the name of what they are in, whose heading
   * is one level above the others.
   */
  children(list, level, own = null, listId = null) {
    const specs = [];
    const counts = new Map();
    const keyed = (spec, node) => {
      const base = node === undefined || node.id === 0 ? spec.tag + (spec.attributes?.role ?? '')
        : `#${node.id}`;
      const count = counts.get(base) ?? 0;
      counts.set(base, count + 1);
      specs.push({ ...spec, key: count === 0 ? base : `${base}/${count}`, node });
    };
    let headed = false;
    for (let i = 0; i < list.length; ++i) {
      const node = list[i];
      const group = groupOf(node);
      if (group !== null) {
        const run = [node];
        while (i + 1 < list.length && groupOf(list[i + 1]) === group &&
          !((group === 'tabs' || group === 'options') && list[i + 1].row === 1)) run.push(list[++i]);
        const name = own ?? this.near ?? this.title;
        this.group(group, run, name, listId).forEach((spec) => keyed(spec));
        continue;
      }
      if (node.role === 'heading') {
        const is = node.level || (own !== null && (headed || node.name !== own) ? level + 1 : level);
        headed = true;
        this.near = node.name;
        // Readers expect no gaps.
        this.level = Math.min(is, this.level + 1);
        keyed({ tag: `h${Math.min(6, this.level)}`, text: textOf(node) }, node);
        continue;
      }
      if (node.role === 'region') {
        const near = this.near;
        this.near = node.name;
        keyed({
          tag: 'section', attributes: { 'aria-label': this.unique(node.name) },
          kids: this.children(node.kids, level, node.name),
        });
        this.near = near;
        continue;
      }
      const spec = this.single(node);
      if (spec !== null) keyed(spec, node);
      // What can't be nested comes after it.
      if (LEAVES.has(node.role)) {
        const rest = this.rest(node);
        if (rest.length > 0) this.children(rest, level + 1).forEach((kid) => keyed(kid, kid.node));
      }
    }
    return specs;
  }

  /** Landmarks of one kind need different names. */
  unique(name) {
    const count = (this.names.get(name) ?? 0) + 1;
    this.names.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  }

  /** What lies in a node and isn't said by it. */
  rest(node) {
    const said = textOf(node);
    return node.kids.filter((kid) => kid.role !== 'text' || !said.includes(kid.name) || kid.value);
  }

  pressable(node) {
    return { tabindex: '-1', 'aria-disabled': node.flags & DISABLED ? 'true' : null };
  }

  single(node) {
    const { role, name, value, flags } = node;
    const text = textOf(node);
    const selected = (flags & SELECTED) !== 0;
    if (flags & SLIDES) {
      return {
        tag: 'div',
        attributes: {
          role: 'slider', 'aria-label': name, 'aria-valuemin': node.low, 'aria-valuemax': node.high,
          'aria-valuenow': node.now, 'aria-valuetext': value, tabindex: '-1',
        },
      };
    }
    switch (role) {
      case 'button':
      case 'option':
        if (flags & OPENS) {
          return {
            tag: 'button', text: value,
            attributes: {
              type: 'button', role: 'combobox', 'aria-label': name, 'aria-haspopup': 'listbox',
              'aria-expanded': String(selected), 'aria-controls': selected ? 'mirror-list' : null,
              tabindex: '-1', disabled: (flags & DISABLED) !== 0,
            },
          };
        }
        return {
          tag: 'button', text,
          attributes: {
            type: 'button', tabindex: '-1', disabled: (flags & DISABLED) !== 0,
            'aria-pressed': flags & TOGGLES ? String(selected) : null,
            'aria-current': !(flags & TOGGLES) && selected ? 'true' : null,
          },
        };
      case 'link':
        return { tag: 'a', text, attributes: { href: '#', tabindex: '-1' } };
      case 'textbox':
        return {
          tag: flags & MULTILINE ? 'textarea' : 'input', value,
          attributes: {
            type: flags & MULTILINE ? null : 'text', 'aria-label': name, tabindex: '-1',
            autocomplete: 'off', spellcheck: 'false', readonly: (flags & DISABLED) !== 0,
          },
        };
      case 'img':
        return node.id === 0
          ? { tag: 'span', attributes: { role: 'img', 'aria-label': text } }
          : { tag: 'button', text, attributes: { type: 'button', tabindex: '-1' } };
      case 'status':
      case 'alert':
        return { tag: 'div', text, attributes: { role } };
      default:
        return text === '' ? null : { tag: 'p', text };
    }
  }

  /** `run`: nodes that belong together. Lists of which only a part is there say what surrounds it. */
  group(kind, run, name, listId) {
    let specs;
    if (kind === 'pages') {
      specs = [{
        tag: 'ul',
        kids: run.map((node, i) => ({
          key: i, tag: 'li',
          kids: [{
            key: 'page', tag: 'a', node, text: node.name,
            attributes: {
              href: '#', tabindex: '-1', 'aria-current': node.flags & SELECTED ? 'page' : null,
            },
          }],
        })),
      }];
    } else if (kind === 'tabs') {
      specs = [{
        tag: 'div', attributes: { role: 'tablist', 'aria-label': name },
        kids: run.map((node, i) => ({
          key: i, tag: 'button', node, text: textOf(node),
          attributes: {
            type: 'button', role: 'tab', tabindex: '-1',
            'aria-selected': String((node.flags & SELECTED) !== 0),
          },
        })),
      }];
    } else if (kind === 'options') {
      specs = [{
        tag: 'div', attributes: { role: 'listbox', 'aria-label': name || this.word('list'), id: listId },
        kids: run.map((node) => ({
          key: node.id || node.name, tag: 'div', node, text: textOf(node),
          attributes: {
            role: 'option', ...this.pressable(node),
            'aria-selected': String((node.flags & SELECTED) !== 0),
            'aria-posinset': node.row || null, 'aria-setsize': node.rows || null,
          },
        })),
      }];
      for (const node of run) {
        const rest = this.rest(node);
        if (rest.length > 0) specs.push(...this.children(rest, 4));
      }
    } else if (kind === 'items') {
      specs = [{
        tag: 'ul',
        kids: run.map((node, i) => {
          const kids = this.children(this.rest(node), 4);
          const label = node.id === 0
            ? { key: 'text', tag: 'span', text: textOf(node) }
            : { key: 'act', tag: 'button', node, text: textOf(node),
              attributes: {
                type: 'button', tabindex: '-1', 'aria-current': node.flags & SELECTED ? 'true' : null,
              } };
          return {
            key: node.id || i, tag: 'li', kids: [label, ...kids],
            attributes: { 'aria-posinset': node.row || null, 'aria-setsize': node.rows || null },
          };
        }),
      }];
    } else {
      specs = [this.grid(run, name || this.word('table'))];
    }
    return this.surrounded(kind, run, specs);
  }

  surrounded(kind, run, specs) {
    const lines = run.filter((node) => node.rows > 0 && node.role !== 'columnheader');
    if (lines.length === 0 || kind === 'tabs') return specs;
    const { rows } = lines[0];
    const first = Math.min(...lines.map((node) => node.row));
    const last = Math.max(...lines.map((node) => node.row));
    const seen = lines.filter((node) => !(node.flags & OFFSCREEN));
    const at = seen[Math.floor(seen.length / 2)];
    if (at === undefined) return specs;
    const more = (key, count, sign) => ({
      tag: 'button', text: this.word(key, count), attributes: { type: 'button', tabindex: '-1' },
      scroll: { role: at.role, name: at.name, sign, lines: Math.max(1, seen.length - 1) },
    });
    if (first > 1) specs.unshift(more('before', first - 1, 1));
    if (last < rows) specs.push(more('after', rows - last, -1));
    return specs;
  }

  grid(run, name) {
    const headers = run.filter((node) => node.role === 'columnheader');
    const cells = run.filter((node) => node.role === 'cell');
    const rows = run.filter((node) => node.role === 'row');
    const kids = [];
    const header = (node, key) => ({
      key, tag: 'div', node, text: node.name,
      attributes: {
        role: 'columnheader', tabindex: node.id ? '-1' : null,
        'aria-sort': ['ascending', 'descending'].includes(node.value) ? node.value : null,
      },
    });
    const cell = (node, key) => ({
      key, tag: 'div', node, text: textOf(node),
      attributes: {
        role: 'gridcell', tabindex: node.id ? '-1' : null,
        'aria-selected': node.flags & SELECTED ? 'true' : null,
      },
    });
    if (headers.length > 0) {
      const list = headers.map((node, i) => header(node, i));
      if (cells.length > 0 && rows.length > 0) {
        list.unshift({ key: 'corner', tag: 'div', text: name, attributes: { role: 'columnheader' } });
      }
      kids.push({ key: 'head', tag: 'div', kids: list, attributes: { role: 'row' } });
    }
    const shift = headers.length > 0 ? 1 : 0;
    if (cells.length > 0) {
      const lines = new Map();
      const line = (number) => {
        if (!lines.has(number)) lines.set(number, []);
        return lines.get(number);
      };
      for (const node of rows) {
        line(node.row).push({
          key: 'name', tag: 'div', node, text: textOf(node), attributes: { role: 'rowheader' },
        });
      }
      cells.sort((a, b) => a.column - b.column);
      for (const node of cells) line(node.row).push(cell(node, node.id || node.name));
      for (const [number, list] of [...lines].sort(([a], [b]) => a - b)) {
        kids.push({ key: number, tag: 'div', kids: list, attributes: { role: 'row' } });
      }
      return { tag: 'div', kids, attributes: { role: 'grid', 'aria-label': name } };
    }
    rows.forEach((node, i) => {
      const list = [{ key: 'name', tag: 'div', text: node.name, attributes: { role: 'rowheader' } }];
      if (node.value) {
        list.push({
          key: 'value', tag: 'div', text: node.value,
          attributes: { role: 'gridcell', 'aria-colspan': headers.length > 2 ? headers.length - 1 : null },
        });
      }
      const rest = this.rest(node);
      if (rest.length > 0) {
        list.push({
          key: 'rest', tag: 'div', kids: this.children(rest, 4), attributes: { role: 'gridcell' },
        });
      }
      kids.push({
        key: node.id || i, tag: 'div', node, kids: list,
        attributes: {
          role: 'row', ...(node.id ? this.pressable(node) : {}),
          'aria-selected': node.id ? String((node.flags & SELECTED) !== 0) : null,
          'aria-rowindex': node.row ? node.row + shift : null,
        },
      });
    });
    const total = rows[0]?.rows ?? 0;
    return {
      tag: 'div', kids,
      attributes: { role: 'grid', 'aria-label': name, 'aria-rowcount': total ? total + shift : null },
    };
  }

  // ---------------------------------------------------------------- elements

  patch(parent, specs) {
    const old = parent.mirrored ?? new Map();
    const now = new Map();
    for (const spec of specs) {
      let element = old.get(spec.key);
      if (element === undefined || element.localName !== spec.tag || now.has(spec.key)) {
        element = document.createElement(spec.tag);
        if (spec.attributes?.role === 'status') this.appeared.push(spec.text);
      }
      now.set(now.has(spec.key) ? Symbol('again') : spec.key, element);
    }
    const kept = new Set(now.values());
    for (const element of old.values()) if (!kept.has(element)) element.remove();
    parent.mirrored = now;
    let at = parent.firstChild;
    let i = 0;
    for (const element of now.values()) {
      this.fill(element, specs[i++]);
      if (element === at) at = at.nextSibling;
      else parent.insertBefore(element, at);
    }
  }

  fill(element, spec) {
    const before = element.attributesShown ?? {};
    const attributes = { ...spec.attributes };
    const said = spec.text ?? attributes['aria-label'] ?? '';
    attributes.lang = this.languageOf(said);
    if (spec.node?.id) attributes.id = `mirror-${spec.node.id}`;
    for (const [name, value] of Object.entries(attributes)) {
      if (before[name] === value) continue;
      if (value === null || value === false || value === undefined) element.removeAttribute(name);
      else element.setAttribute(name, value === true ? '' : value);
    }
    for (const name of Object.keys(before)) {
      if (!(name in attributes)) element.removeAttribute(name);
    }
    element.attributesShown = attributes;
    element.node = spec.node;
    element.scroll_ = spec.scroll;
    if (spec.node?.id) {
      // One widget may be said in several places.
      if (this.byId.has(spec.node.id)) element.removeAttribute('id');
      else this.byId.set(spec.node.id, element);
    }
    if (spec.kids !== undefined) {
      this.patch(element, spec.kids);
    } else if (spec.value !== undefined) {
      this.fillField(element, spec.value);
    } else if (element.textShown !== spec.text) {
      element.textContent = spec.text ?? '';
      element.textShown = spec.text;
    }
  }

  /**
   * While somebody types in it, what comes back of that may be a few letters behind: only what the
   * app itself changes is taken over, or what is still different when the typing has ended.
   */
  fillField(element, value) {
    element.wanted = value;
    clearTimeout(element.later);
    if (document.activeElement === element) {
      if (element.sent === undefined) {
        if (value === element.known) return; // an input method may be at work in it
      } else if (value !== element.sent) {
        const rest = TYPING_MS - (performance.now() - element.sentAt);
        if (rest > 0) {
          element.later = setTimeout(() => this.fillField(element, element.wanted), rest);
          return;
        }
      }
      element.sent = undefined; // it has arrived, or it was refused
    }
    element.known = value;
    if (element.value !== value) element.value = value;
  }

  /** The other one of the two languages, where a text is in it. */
  languageOf(text) {
    if (this.chinese) return /^[A-Za-z][A-Za-z ,.'&()-]{3,}$/.test(text) ? 'en' : null;
    return /[\u3400-\u9fff]/.test(text) ? 'zh-CN' : null;
  }

  // ---------------------------------------------------------------- acting

  nodeOf(target) {
    for (let element = target; element !== this.root && element !== null; element = element.parentElement) {
      if (element.scroll_ !== undefined) return element;
      const { node } = element;
      if (node !== undefined && (node.id !== 0 || ['button', 'img', 'link'].includes(node.role))) return element;
    }
    return null;
  }

  click(event) {
    event.preventDefault();
    const element = this.nodeOf(event.target);
    if (element === null || this.isField(element)) return;
    if (element.scroll_ !== undefined) {
      const { role, name, sign, lines } = element.scroll_;
      this.host.scrollNode(role, name, sign, lines);
      return;
    }
    const { node } = element;
    if (node.flags & DISABLED) return;
    this.told = node.id;
    if (node.id !== 0) this.ask(node.id, 'press');
    else this.host.pressNode(node.role, node.name);
  }

  focusIn(event) {
    if (this.following) return;
    const node = this.nodeOf(event.target)?.node;
    if (node === undefined || node.id === 0 || node.id === this.told) return;
    this.told = node.id;
    this.ask(node.id, 'focus');
  }

  input(event) {
    const { target } = event;
    if (event.isComposing || !this.isField(target) || target.node === undefined) return;
    target.sent = target.value;
    target.sentAt = performance.now();
    this.ask(target.node.id, 'text', target.value);
  }

  /** Whether a key is the mirror's affair and not the app's. */
  keyDown(event) {
    const { target, key } = event;
    this.askedAt = performance.now();
    if (!this.holds(target)) return false;
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return this.isField(target);
    if (key === 'Tab') {
      // Past either end the browser goes on.
      const all = [...this.root.querySelectorAll('[tabindex]')].filter((element) =>
        !element.disabled && element.closest('[inert]') === null);
      const next = all[all.indexOf(target) + (event.shiftKey ? -1 : 1)];
      if (next !== undefined) {
        event.preventDefault();
        next.focus({ preventScroll: true });
      }
      return true;
    }
    if (this.isField(target)) {
      if (key === 'Escape') this.host.chord('Escape');
      if (key === 'Enter' && target.localName === 'input') this.host.chord('Enter');
      return true;
    }
    if (key === 'Enter' || key === ' ') {
      event.preventDefault();
      target.click();
      return true;
    }
    return false;
  }

  /** The app's focus and the page's go together. */
  follow(nodes, held) {
    const { canvas, input } = this.host;
    const node = nodes.findLast((each) => each.flags & FOCUSED && each.id !== 0);
    const element = node === undefined ? undefined : this.byId.get(node.id);
    if (node?.role === 'textbox') input.setAttribute('aria-label', node.name);
    if (element?.id) canvas.setAttribute('aria-activedescendant', element.id);
    else canvas.removeAttribute('aria-activedescendant');
    const lost = held !== null && !this.holds(document.activeElement);
    if (!lost && held === null) {
      this.told = 0;
      return;
    }
    if (node !== undefined && element !== undefined && (lost || node.id !== this.told)) {
      this.told = node.id;
      this.focus(element);
    } else if (lost) {
      // What had the focus is gone: on to what lies in front now.
      const fronts = [...this.root.children].filter((each) => !each.inert);
      const front = fronts.find((each) => each.getAttribute('role') === 'dialog');
      const next = front?.querySelector('input, textarea, button');
      if (next) next.focus({ preventScroll: true });
      else canvas.focus({ preventScroll: true });
    }
  }

  focus(element) {
    this.following = true;
    element.focus({ preventScroll: true });
    this.following = false;
  }
}
