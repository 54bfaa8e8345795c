// The presenter's window: what is on the screen, what comes next, notes, clock and time. It draws
// nothing of the board itself; the window that presents sends pictures and where the talk stands.

const WORDS = {
  zh: {
    title: '演讲者窗口', wait: '等待放映开始…', next: '下一页', notes: '备注', none: '无备注', end: '放映结束',
    slide: '本页', total: '全程', behind: '落后', ahead: '提前', black: '黑屏', white: '白屏', pause: '暂停', resume: '继续',
    previous: '上一步', forward: '下一步', pitch: '路演计时', interest: '现场意向', party: '单位名称（可不填）', count: '家数', record: '记入台账',
    demonstration: '演示数据', waiting: '待开始', pitching: '路演', questions: '提问', done: '已结束', drilled: '正在查看实时画面',
  },
  en: {
    title: 'Presenter', wait: 'Waiting for the talk to start...', next: 'Next', notes: 'Notes', none: 'No notes', end: 'End of the talk',
    slide: 'This slide', total: 'Talk', behind: 'behind', ahead: 'ahead', black: 'Black', white: 'White', pause: 'Pause', resume: 'Resume',
    previous: 'Previous', forward: 'Next', pitch: 'Pitch clock', interest: 'Interest', party: 'Party (may be empty)', count: 'How many', record: 'Enter in the ledger',
    demonstration: 'Demonstration data', waiting: 'waiting', pitching: 'pitch', questions: 'questions', done: 'done', drilled: 'In a live view',
  },
};

const KEYS = {
  ArrowRight: 'next', ArrowDown: 'next', PageDown: 'next', ' ': 'next', Enter: 'next',
  ArrowLeft: 'previous', ArrowUp: 'previous', PageUp: 'previous', Backspace: 'previous', b: 'black', w: 'white', t: 'pitch',
};

const clock = (ms) => {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  return `${ms < 0 ? '-' : ''}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

export function present(language) {
  const words = WORDS[language];
  const pick = (text) => (text === undefined ? '' : text[language] || text.zh || text.en || '');
  const channel = new BroadcastChannel('tongcheng-talk');
  const send = (command) => channel.postMessage({ command });
  let talk = null;
  let received = 0;
  const pictures = [];

  document.title = words.title;
  const element = (tag, name, text = '') => {
    const made = document.createElement(tag);
    if (name) made.id = name;
    made.textContent = text;
    return made;
  };
  const main = element('main', 'presenter');
  const now = element('section', 'now');
  const then = element('section', 'then');
  const side = element('section', 'side');
  const picture = element('img', 'picture');
  const following = element('img', 'following');
  const heading = element('h1', 'heading', words.wait);
  const position = element('p', 'position');
  const nextTitle = element('h2', 'next-title');
  const notes = element('div', 'notes');
  const clocks = element('div', 'clocks');
  const [wall, slideTime, talkTime, pitchTime] =
    ['wall', 'slide-time', 'talk-time', 'pitch-time'].map((name) => element('p', name));
  const status = element('p', 'talk-status');
  status.setAttribute('role', 'status');
  clocks.append(wall, slideTime, talkTime, pitchTime);
  const buttons = element('nav', 'commands');
  for (const [label, command] of [[words.previous, 'previous'], [words.forward, 'next'],
    [words.black, 'black'], [words.white, 'white'], [words.pause, 'pause'], [words.pitch, 'pitch']]) {
    const button = element('button', `do-${command}`, label);
    button.type = 'button';
    button.addEventListener('click', () => send(command));
    buttons.append(button);
  }
  const form = element('form', 'interest');
  const party = element('input', 'party');
  party.placeholder = party.ariaLabel = words.party;
  const count = element('input', 'count');
  count.type = 'number';
  count.min = 1;
  count.value = 1;
  count.ariaLabel = words.count;
  form.append(element('strong', 'interest-count'), party, count, element('button', 'record', words.record));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(`interest\t${party.value.replaceAll('\t', ' ')}\t${count.value}`);
    party.value = '';
    count.value = 1;
  });
  now.append(heading, position, picture, buttons);
  then.append(element('h3', '', words.next), nextTitle, following);
  side.append(clocks, status, form, element('h3', '', words.notes), notes);
  main.append(now, then, side);
  document.body.replaceChildren(main);

  const tick = () => {
    wall.textContent = new Date().toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB', { hour12: false });
    if (talk === null) return;
    const passed = talk.running ? Date.now() - received : 0;
    const spent = talk.slides.map((slide, i) => slide.spent + (i === talk.slide ? passed : 0));
    const here = talk.slides[talk.slide];
    const budget = here.seconds * 1000;
    slideTime.textContent = `${words.slide} ${clock(spent[talk.slide])}${budget > 0 ? ` / ${clock(budget)}` : ''}`;
    slideTime.classList.toggle('over', budget > 0 && spent[talk.slide] > budget);
    const all = spent.reduce((sum, ms) => sum + ms, 0);
    const planned = talk.slides.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
    let behind = 0;
    talk.slides.forEach(({ seconds }, i) => {
      if (seconds === 0) return;
      if (i < talk.slide) behind += spent[i] - seconds * 1000;
      if (i === talk.slide) behind += Math.max(0, spent[i] - seconds * 1000);
    });
    talkTime.textContent = `${words.total} ${clock(all)}${planned > 0 ? ` / ${clock(planned)} · ${
      behind > 0 ? words.behind : words.ahead} ${clock(Math.abs(behind))}` : ''}`;
    talkTime.classList.toggle('over', planned > 0 && all > planned);
    pitchTime.hidden = talk.session === undefined;
    if (talk.session !== undefined) {
      const { phase, pitch, left } = talk.session;
      const timed = phase === 'pitch' || phase === 'questions';
      const rest = left - (timed ? Date.now() - received : 0);
      const label = { waiting: words.waiting, pitch: words.pitching, questions: words.questions, done: words.done }[phase];
      pitchTime.textContent = `${words.pitch} ${phase === 'done' ? '' : pitch + 1} ${label} ${timed ? clock(rest) : ''}`;
      pitchTime.classList.toggle('over', timed && rest < 0);
    }
  };

  const show = () => {
    if (talk === null) {
      heading.textContent = words.end;
      status.textContent = '';
      return;
    }
    const here = talk.slides[talk.slide];
    const next = talk.slides[talk.slide + 1];
    heading.textContent = pick(here.title);
    position.textContent = `${talk.slide + 1} / ${talk.slides.length}${
      here.steps > 0 ? ` · ${talk.step} / ${here.steps}` : ''}${talk.demonstration ? ` · ${words.demonstration}` : ''}`;
    nextTitle.textContent = next === undefined ? words.end : pick(next.title);
    notes.replaceChildren(...(pick(here.notes) || words.none).split('\n').map((line) => element('p', '', line)));
    for (const [image, which] of [[picture, talk.slide], [following, talk.slide + 1]]) {
      image.hidden = pictures[which] === undefined;
      if (!image.hidden && image.src !== pictures[which]) image.src = pictures[which];
      image.alt = '';
    }
    status.textContent = [talk.blank === '' ? '' : words[talk.blank], talk.drilled ? words.drilled : ''].filter(Boolean).join(' · ');
    form.hidden = here.interest === undefined;
    document.getElementById('interest-count').textContent = `${words.interest} ${here.interest ?? 0}`;
    document.getElementById('do-pause').textContent = talk.running ? words.pause : words.resume;
    document.getElementById('do-pitch').hidden = talk.session === undefined;
    tick();
  };

  channel.onmessage = ({ data }) => {
    if (data.picture !== undefined) pictures[data.picture] = data.url;
    if (data.state !== undefined) {
      talk = data.state === '' ? null : JSON.parse(data.state);
      received = Date.now();
    }
    if (data.picture !== undefined || data.state !== undefined) show();
  };
  window.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLButtonElement) return;
    const command = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (command === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    send(command);
  });
  setInterval(tick, 250);
  tick();
  send('hello');
}
