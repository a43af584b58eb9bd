// Ticks are kept in this browser; stages open without loading the page anew; closed steps are opened for printing.
const KEY = 'mutuals-pathway-done';

const done = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return new Set(Array.isArray(kept) ? kept : []);
  } catch {
    return new Set();
  }
};

const keep = (ids) => {
  try {
    localStorage.setItem(KEY, JSON.stringify([...ids]));
  } catch { /* a browser that keeps nothing */ }
};

const show = (ids) => {
  element.querySelectorAll('input[data-step]').forEach((box) => { box.checked = ids.has(box.dataset.step); });
  element.querySelectorAll('[data-steps]').forEach((count) => {
    const steps = count.dataset.steps.split(' ').filter(Boolean);
    const ticked = steps.filter((id) => ids.has(id)).length;
    const told = `${ticked} of ${steps.length} ${steps.length === 1 ? 'step' : 'steps'} done`;
    if (count.textContent !== told) count.textContent = told;
    count.closest('li')?.classList.toggle('finished', steps.length > 0 && ticked === steps.length);
  });
};

let followed = false;

element.addEventListener('change', (event) => {
  const step = event.target.dataset?.step;
  if (!step) return;
  const ids = done();
  if (event.target.checked) ids.add(step); else ids.delete(step);
  keep(ids);
  show(ids);
});

element.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-stage]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    followed = true;
    history.replaceState(history.state, '', link.getAttribute('href'));
    trigger('click', {stage: link.dataset.stage});
  }
  const what = event.target.closest('button[data-do]')?.dataset.do;
  if (what === 'print') window.print();
  if (what === 'untick' && done().size && window.confirm('Take all ticks away?')) {
    keep([]);
    show(new Set());
  }
});

window.addEventListener('storage', (event) => { if (event.key === KEY) show(done()); });
window.addEventListener('beforeprint', () => {
  element.querySelectorAll('.step > details:not([open])').forEach((details) => { details.open = true; details.dataset.printed = ''; });
});
window.addEventListener('afterprint', () => {
  element.querySelectorAll('details[data-printed]').forEach((details) => { details.open = false; delete details.dataset.printed; });
});

watch('value', () => {
  show(done());
  if (followed) {
    followed = false;
    const heading = element.querySelector('#stage');
    heading?.focus({preventScroll: true});
    heading?.scrollIntoView({block: 'start'});
  }
});
show(done());
