// What can be made of a deck's slides: PDF, pictures, a handout; and the whole app in one file.
// Loaded when first asked for, the first three in a worker.

const encoder = new TextEncoder();

const base64 = (bytes) => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(text);
};

const escaped = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

/**
 * Text that can be selected and searched but not seen, over the picture of the page: its letters
 * are in the picture already. Two bytes a character, which are its Unicode; readers need no font.
 */
function textFont(doc, { PDFName, PDFString }) {
  const ranges = Array.from({ length: 256 }, (_, high) => {
    const h = high.toString(16).padStart(2, '0');
    return `<${h}00> <${h}ff> <${h}00>`;
  });
  let map = '/CIDInit /ProcSet findresource begin 12 dict begin begincmap ' +
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def ' +
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def ' +
    '1 begincodespacerange <0000> <ffff> endcodespacerange\n';
  for (let i = 0; i < ranges.length; i += 64) {
    map += `64 beginbfrange\n${ranges.slice(i, i + 64).join('\n')}\nendbfrange\n`;
  }
  map += 'endcmap CMapName currentdict /CMap defineresource pop end end';
  const { context } = doc;
  const descriptor = context.register(context.obj({
    Type: 'FontDescriptor', FontName: 'TongchengText', Flags: 4, FontBBox: [0, -120, 1000, 880],
    ItalicAngle: 0, Ascent: 880, Descent: -120, CapHeight: 733, StemV: 80,
  }));
  const cid = context.register(context.obj({
    Type: 'Font', Subtype: 'CIDFontType2', BaseFont: 'TongchengText',
    CIDSystemInfo: {
      Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0,
    },
    FontDescriptor: descriptor, DW: 1000, W: [32, 126, 500],
  }));
  return context.register(context.obj({
    Type: 'Font', Subtype: 'Type0', BaseFont: 'TongchengText', Encoding: PDFName.of('Identity-H'),
    DescendantFonts: [cid], ToUnicode: context.register(context.flateStream(map)),
  }));
}

function textLayer(nodes, height, scale) {
  const out = ['q BT 3 Tr'];
  for (const node of nodes) {
    if (node.role === 'region' || node.role === 'navigation' || node.role === 'img') continue;
    const text = [node.name, node.value].filter(Boolean).join(' ').replace(/\s+/g, ' ').trim();
    if (text === '' || !(node.width > 0)) continue;
    let ems = 0;
    let hex = '';
    for (let i = 0; i < text.length; ++i) {
      const code = text.charCodeAt(i);
      ems += code >= 32 && code <= 126 ? 0.5 : 1;
      hex += code.toString(16).padStart(4, '0');
    }
    const size = Math.max(4, Math.min(node.height, 24) * scale);
    const stretch = Math.max(10, Math.min(300, 100 * node.width * scale / (ems * size)));
    out.push(`/TongchengText ${size.toFixed(2)} Tf ${stretch.toFixed(1)} Tz ` +
      `1 0 0 1 ${(node.x * scale).toFixed(2)} ${(height - (node.y + size / scale) * scale).toFixed(2)} Tm <${hex}> Tj`);
  }
  out.push('ET Q');
  return out.join('\n');
}

async function pdf(slides) {
  const lib = await import('./pdf-lib.js');
  const doc = await lib.PDFDocument.create();
  doc.setTitle(slides[0].about.deck);
  doc.setCreator('同城 Tongcheng');
  const font = textFont(doc, lib);
  for (const { png, width, height, nodes } of slides) {
    const scale = 960 / width;
    const size = [960, height * scale];
    const page = doc.addPage(size);
    const picture = await doc.embedPng(png);
    page.drawImage(picture, { x: 0, y: 0, width: size[0], height: size[1] });
    page.node.setFontDictionary(lib.PDFName.of('TongchengText'), font);
    page.node.addContentStream(doc.context.register(
      doc.context.flateStream(textLayer(nodes, size[1], scale))));
  }
  return doc.save();
}

async function pictures(slides) {
  const { library } = await import('./sheets.js');
  const { zipSync } = await library('./sheets/fflate.js', 'fflate');
  const files = {};
  for (const [i, { png }] of slides.entries()) {
    files[`${String(i + 1).padStart(2, '0')}.png`] = [png, { level: 0 }];
  }
  return zipSync(files);
}

/** A page to print: each slide with its notes, two on a sheet. */
function handout(slides, lang) {
  const parts = [];
  for (const [i, { png, about }] of slides.entries()) {
    const notes = about.notes.split('\n').filter(Boolean).map((line) => `<p>${escaped(line)}</p>`);
    parts.push(`<section><img alt="${escaped(about.title)}" src="data:image/png;base64,${
      base64(png)}"><h2>${i + 1}. ${escaped(about.title)}</h2>${notes.join('')}</section>`);
  }
  const title = escaped(slides[0].about.deck);
  return encoder.encode(`<!doctype html><html lang="${escaped(lang)}"><meta charset="utf-8"><title>${title}</title><style>
@page{size:A4;margin:14mm}body{font:11pt/1.6 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#000;max-width:180mm;margin:0 auto}
section{break-inside:avoid;min-height:124mm;margin-bottom:8mm}img{width:100%;border:1px solid #888}h1{font-size:16pt}h2{font-size:12pt;margin:2mm 0 1mm}p{margin:0}
</style><h1>${title}</h1>${parts.join('')}</html>`);
}

/** Bytes of files that are made of slides: [{png, width, height, nodes, about}] and a language. */
export const actions = { pdf, png: pictures, handout };

/** What the app may load, by name; boards come in another way, icons and the second window not. */
async function partNames(own) {
  if (own !== undefined) return Object.keys(own).filter((name) => !name.startsWith('board'));
  const response = await fetch('files.json');
  if (!response.ok) throw new Error(`files.json: HTTP ${response.status}`);
  return (await response.json()).filter((name) =>
    !/^(programmes|icons)\/|^lazy\/presenter|\.webmanifest$/.test(name));
}

/** The app and a board in one page that opens from a disk. Returns its bytes. */
export async function singlePage(name, board) {
  const own = window.tongchengFiles; // a single page makes another one of itself
  const files = {};
  for (const part of await partNames(own)) {
    if (own !== undefined) {
      files[part] = own[part];
      continue;
    }
    const response = await fetch(part);
    if (!response.ok) throw new Error(`${part}: HTTP ${response.status}`);
    files[part] = base64(new Uint8Array(await response.arrayBuffer()));
  }
  const decoder = new TextDecoder();
  const text = (part) =>
    decoder.decode(Uint8Array.from(atob(files[part]), (c) => c.charCodeAt(0)));
  files.board = base64(board);
  files['board-name'] = base64(encoder.encode(`${name}.tongcheng.jsonl`));
  const script = (code) => `<script>${code.replaceAll('</script', '<\\/script')}</script>`;
  const icon = `data:image/svg+xml;base64,${files['icon.svg']}`;
  const page = text('index.html')
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, () =>
      '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src \'unsafe-inline\' \'wasm-unsafe-eval\' blob:; style-src \'unsafe-inline\'; img-src data: blob:; font-src data: blob:; connect-src blob: data:; object-src \'none\'; base-uri \'none\'; form-action \'none\'">')
    .replace(/<link rel="manifest"[^>]*>/, '')
    .replaceAll('href="icon.svg"', () => `href="${icon}"`)
    .replaceAll('src="icon.svg"', () => `src="${icon}"`)
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${text('shell.css')}</style>`)
    .replace('<script src="shell.js"></script>', () =>
      `${script(`window.tongchengFiles=${JSON.stringify(files)}`)}\n${script(text('shell.js'))}`)
    .replace('<script src="tongcheng.js" defer></script>', () => script(text('tongcheng.js')));
  return encoder.encode(page);
}
