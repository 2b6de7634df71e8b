// Receiving with a camera and without signal: one row a scan, what is typed kept on the phone, a delivery sent once.
(() => {
  const form = document.getElementById('receive');
  const scan = window.brightScan;
  if (!form || !scan) return;
  const store = 'bright-kitchen.deliveries';
  const draftStore = 'bright-kitchen.delivery-draft';
  const draftHours = 12;
  const rows = form.querySelector('[data-rows]');
  const template = form.querySelector('[data-row-template]');
  const scanner = form.querySelector('[data-scanner]');
  const said = scanner.querySelector('[data-said]');
  const at = form.querySelector('[data-at]');
  const queueNote = document.getElementById('queue');
  const parts = ['code', 'quantity', 'unit', 'celsius'];

  const fieldOf = (row, part) => row.querySelector(`[name$=".${part}"]`);
  const listed = () => [...rows.querySelectorAll('.box-row')];
  const numberOf = (row) => Number(/boxes\.(\d+)/.exec(fieldOf(row, 'code').name)?.[1] ?? 0);

  const addRow = (code) => {
    const empty = listed().find((row) => fieldOf(row, 'code').value.trim() === '');
    const row = empty ?? newRow();
    fieldOf(row, 'code').value = code;
    row.classList.add('is-new');
    stamp();
    said.textContent = form.dataset.scanned.replace('{code}', code);
    row.scrollIntoView({ block: 'nearest' });
    void tellOf(row);
    keepDraft();
    return row;
  };

  // Field names and ids carry the row's number; the template has # in its place.
  const newRow = () => {
    const number = listed().reduce((most, row) => Math.max(most, numberOf(row)), -1) + 1;
    const row = template.content.firstElementChild.cloneNode(true);
    for (const element of row.querySelectorAll('*')) {
      for (const name of ['name', 'id', 'for', 'aria-describedby']) {
        const value = element.getAttribute(name);
        if (value)
          element.setAttribute(
            name,
            value.replace('boxes.#.', `boxes.${number}.`).replace('f-boxes-', `f-boxes-${number}-`),
          );
      }
    }
    rows.append(row);
    // The unit of the box before is likely this one's too.
    const before = row.previousElementSibling;
    if (before) fieldOf(row, 'unit').value = fieldOf(before, 'unit').value;
    tidyRows();
    return row;
  };

  const tidyRows = () => {
    const all = listed();
    for (const [index, row] of all.entries()) {
      row.querySelector('[data-remove]').hidden = all.length < 2;
      row.querySelector('[data-number]').textContent = form.dataset.box.replace('#', index + 1);
    }
  };

  // What the code is, and whether it is recalled, before anything is sent.
  const tellOf = async (row) => {
    const told = row.querySelector('[data-told]');
    const code = fieldOf(row, 'code').value.trim();
    told.hidden = true;
    if (code === '' || !navigator.onLine) return;
    let lot;
    try {
      const answer = await fetch(`/look-up?code=${encodeURIComponent(code)}`, {
        headers: { accept: 'application/json' },
      });
      if (answer.ok) lot = await answer.json();
    } catch {
      return;
    }
    if (!lot?.product || fieldOf(row, 'code').value.trim() !== code) return;
    const name = document.documentElement.lang === 'en' ? (lot.productEn ?? lot.product) : lot.product;
    const warning =
      lot.recall && !lot.recall.closedAt ? form.dataset.recalled : lot.state === 'held' ? form.dataset.held : '';
    told.textContent = [`${name} ${lot.batch ?? ''}`, warning].filter((part) => part !== '').join(' · ');
    told.className = warning === '' ? 'told' : 'told is-bad';
    told.hidden = false;
    if (warning !== '') navigator.vibrate?.([80, 60, 80]);
  };

  // The time is set by the first box and stays: sending the same delivery again is then the same delivery.
  const stamp = () => {
    if (at.value === '') at.value = new Date().toISOString();
  };

  rows.addEventListener('click', (event) => {
    if (!event.target.closest('[data-remove]')) return;
    event.target.closest('.box-row').remove();
    tidyRows();
    keepDraft();
  });
  form.addEventListener('input', () => {
    stamp();
    keepDraft();
  });
  rows.addEventListener('change', (event) => {
    if (event.target.name?.endsWith('.code')) void tellOf(event.target.closest('.box-row'));
  });
  // Enter in a code adds the next row, as a hand scanner does; it does not send half a delivery.
  rows.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.name?.endsWith('.code') || event.target.value.trim() === '') return;
    event.preventDefault();
    void tellOf(event.target.closest('.box-row'));
    fieldOf(newRow(), 'code').focus();
  });
  for (const button of form.querySelectorAll('[data-no-script]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      fieldOf(newRow(), 'code').focus();
    });
  }

  // ---- what is typed stays on the phone until it was taken ----
  const boxesTyped = () =>
    listed().flatMap((row) => {
      const box = Object.fromEntries(parts.map((part) => [part, fieldOf(row, part).value.trim()]));
      return box.code === '' && box.quantity === '' && box.celsius === '' ? [] : [box];
    });
  const keepDraft = () => {
    const boxes = boxesTyped();
    if (boxes.length === 0) localStorage.removeItem(draftStore);
    else localStorage.setItem(draftStore, JSON.stringify({ at: at.value, from: form.elements.from.value, boxes }));
  };
  const fill = ({ at: began, from, boxes }) => {
    if (at.value === '') at.value = began;
    if (form.elements.from.value === '') form.elements.from.value = from ?? '';
    for (const box of boxes) {
      const row = addRow(box.code ?? '');
      for (const part of parts) if (box[part]) fieldOf(row, part).value = box[part];
    }
    said.textContent = '';
  };
  const draft = JSON.parse(localStorage.getItem(draftStore) ?? 'null');
  if (form.hasAttribute('data-taken')) localStorage.removeItem(draftStore);
  else if (draft && boxesTyped().length === 0 && Date.now() - Date.parse(draft.at) < draftHours * 3_600_000) {
    fill(draft);
    said.textContent = form.dataset.restored;
  }

  scanner.hidden = false;
  const cameraButton = scanner.querySelector('[data-camera]');
  const label = cameraButton.querySelector('span');
  const openWord = label.textContent;
  let close;
  if (scan.hasCamera()) cameraButton.hidden = false;
  cameraButton.addEventListener('click', async () => {
    if (close) {
      close();
      close = undefined;
      label.textContent = openWord;
      return;
    }
    try {
      close = await scan.openCamera(scanner.querySelector('[data-video]'), (code) => void addRow(code));
      label.textContent = cameraButton.dataset.stop;
    } catch {
      said.textContent = form.dataset.notRead;
    }
  });
  scanner.querySelector('[data-photo]').addEventListener('change', async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const code = await scan.readImage(await scan.imageOf(file)).catch(() => undefined);
    event.target.value = '';
    if (code) addRow(code);
    else said.textContent = form.dataset.notRead;
  });

  // ---- deliveries that wait for signal ----
  const waiting = () => JSON.parse(localStorage.getItem(store) ?? '[]');
  const keep = (deliveries) => localStorage.setItem(store, JSON.stringify(deliveries));

  const deliveryOf = () => {
    stamp();
    const boxes = boxesTyped()
      .filter(({ code }) => code !== '')
      .map((box) =>
        Object.fromEntries(
          Object.entries(box).filter(([part, value]) => value !== '' && !(part === 'unit' && box.quantity === '')),
        ),
      );
    const from = form.elements.from.value.trim();
    return {
      key: crypto.randomUUID(),
      body: { site: form.elements.site.value, at: at.value, boxes, ...(from === '' ? {} : { from }) },
    };
  };

  const send = ({ key, body }) =>
    fetch('/api/receipts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });

  const show = (count, text) => {
    queueNote.hidden = count === 0 && !text;
    queueNote.querySelector('[data-said]').textContent =
      text ?? (count === 1 ? queueNote.dataset.waiting : queueNote.dataset.waitingMany.replace('9', count));
    queueNote.querySelector('[data-send]').hidden = count === 0;
  };

  // Oldest first. What the server refuses comes back into the form, to be put right: nothing is lost.
  const sendWaiting = async () => {
    let [sent, refused] = [0, 0];
    for (const delivery of waiting()) {
      let response;
      try {
        response = await send(delivery);
      } catch {
        break;
      }
      if (response.status >= 500 || response.status === 401 || response.status === 429) break;
      keep(waiting().filter(({ key }) => key !== delivery.key));
      if (response.ok) sent += 1;
      else {
        refused += 1;
        fill(delivery.body);
      }
    }
    const left = waiting().length;
    const text = refused > 0 ? queueNote.dataset.refused : left === 0 && sent > 0 ? queueNote.dataset.sent : undefined;
    show(left, text);
  };

  const keepForLater = () => {
    const delivery = deliveryOf();
    if (delivery.body.boxes.length === 0) return;
    keep([...waiting(), delivery]);
    for (const row of listed()) row.remove();
    at.value = '';
    newRow();
    keepDraft();
    said.textContent = form.dataset.offline;
    show(waiting().length);
  };

  // A phone often believes it has signal where there is none: the server is asked before the form is let go.
  const reachable = async () => {
    if (!navigator.onLine) return false;
    try {
      await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(4_000) });
      return true;
    } catch {
      return false;
    }
  };

  let asked = false;
  form.addEventListener('submit', async (event) => {
    if (asked || event.submitter?.hasAttribute('data-no-script')) return;
    event.preventDefault();
    if (!(await reachable())) return keepForLater();
    asked = true;
    form.requestSubmit(event.submitter ?? undefined);
  });
  window.addEventListener('online', sendWaiting);
  queueNote.querySelector('[data-send]').addEventListener('click', sendWaiting);
  show(waiting().length);
  if (navigator.onLine && waiting().length > 0) void sendWaiting();
  tidyRows();
})();
