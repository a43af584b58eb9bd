// Text that is not saved yet is kept in this browser; keys save, submit and attach; the reply is copied with its formatting.
const PREFIX = 'mutuals-draft-';
const within = (id) => document.querySelector(`#${id} textarea, #${id} input`);
const say = (words) => { document.querySelector('#draft-kept').textContent = words; };

const fill = (input, value) => {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), 'value').set.call(input, value);
  input.dispatchEvent(new Event('input', {bubbles: true}));
};

const kept = (id) => {
  try {
    const found = JSON.parse(localStorage.getItem(PREFIX + id));
    return typeof found?.body === 'string' ? found : null;
  } catch {
    return null;
  }
};

const forget = (id) => { try { localStorage.removeItem(PREFIX + id); } catch { /* a browser that keeps nothing */ } };

let stored = null;

const keep = () => {
  const box = within('draft-body');
  const id = within('draft-id')?.value;
  if (!box || !id || stored === null) return;
  if (box.value === stored) { forget(id); return; }
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify({version: within('draft-version').value, body: box.value}));
  } catch {
    say('This browser cannot keep unsaved text: save often.');
  }
};

document.addEventListener('input', (event) => { if (event.target.closest?.('#draft-body')) keep(); });

document.addEventListener('submit', (event) => {
  if (!event.target.closest('.signed-in')) return;
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
  } catch { /* a browser that keeps nothing */ }
});

document.addEventListener('keydown', (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const pressed = event.code === 'KeyS' ? '#draft-save' : event.code === 'Enter' ? '#draft-submit' : digit ? `[data-attach="${digit}"]` : null;
  const button = pressed && document.querySelector(pressed);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('button[data-rich]');
  if (!button) return;
  try {
    const answer = await fetch(button.dataset.rich);
    if (!answer.ok) throw new Error(answer.statusText);
    const html = await answer.text();
    const plain = new DOMParser().parseFromString(html, 'text/html').body.innerText;
    const as = (text, type) => new Blob([text], {type});
    await navigator.clipboard.write([new ClipboardItem({'text/html': as(html, 'text/html'), 'text/plain': as(plain, 'text/plain')})]);
    say('Copied. Paste it into your email.');
  } catch {
    say('It could not be copied. Download it instead.');
  }
});

// The page tells by this element which text is stored: on arriving, after saving, and where a marker was put in.
const arrived = () => {
  const told = element.querySelector('[data-stored]');
  if (!told) return;
  setTimeout(() => {
    const box = within('draft-body');
    if (!box) return;
    stored = told.dataset.stored;
    if (told.dataset.at) {
      box.focus();
      box.setSelectionRange(Number(told.dataset.at), Number(told.dataset.at));
    }
    const found = told.dataset.arrived === undefined ? null : kept(within('draft-id').value);
    if (found && found.body !== stored) {
      if (found.version) fill(within('draft-version'), found.version);
      fill(box, found.body);
      say('Your text that was not saved has been put back. Save it to keep it.');
    } else {
      keep();
    }
  }, 150);
};
watch('value', arrived);
arrived();
