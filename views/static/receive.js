// Receiving with a camera and without signal: one row a scan, a delivery kept on the phone until it could be sent once.
(() => {
  const form = document.getElementById('receive');
  const scan = window.brightScan;
  if (!form || !scan) return;
  const store = 'bright-kitchen.deliveries';
  const rows = form.querySelector('[data-rows]');
  const template = form.querySelector('[data-row-template]');
  const scanner = form.querySelector('[data-scanner]');
  const said = scanner.querySelector('[data-said]');
  const at = form.querySelector('[data-at]');
  const queueNote = document.getElementById('queue');

  const fieldOf = (row, part) => row.querySelector(`[name$=".${part}"]`);
  const listed = () => [...rows.querySelectorAll('.box-row')];

  const addRow = (code) => {
    const empty = listed().find((row) => fieldOf(row, 'code').value.trim() === '');
    const row = empty ?? newRow();
    fieldOf(row, 'code').value = code;
    row.classList.add('is-new');
    stamp();
    said.textContent = form.dataset.scanned.replace('{code}', code);
    row.scrollIntoView({ block: 'nearest' });
  };

  // Field names and ids carry the row's number; the template has # in its place.
  const newRow = () => {
    const number =
      listed().reduce(
        (most, row) => Math.max(most, Number(/boxes\.(\d+)/.exec(fieldOf(row, 'code').name)?.[1] ?? 0)),
        -1,
      ) + 1;
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
    showRemove();
    return row;
  };

  const showRemove = () => {
    for (const button of rows.querySelectorAll('[data-remove]')) button.hidden = listed().length < 2;
  };

  // The time is set by the first box and stays: sending the same delivery again is then the same delivery.
  const stamp = () => {
    if (at.value === '') at.value = new Date().toISOString();
  };

  rows.addEventListener('click', (event) => {
    if (!event.target.closest('[data-remove]')) return;
    event.target.closest('.box-row').remove();
    showRemove();
  });
  rows.addEventListener('input', stamp);
  // Enter in a code adds the next row, as a hand scanner does; it does not send half a delivery.
  rows.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.name?.endsWith('.code') || event.target.value.trim() === '') return;
    event.preventDefault();
    fieldOf(newRow(), 'code').focus();
  });
  for (const button of form.querySelectorAll('[data-no-script]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      fieldOf(newRow(), 'code').focus();
    });
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
      close = await scan.openCamera(scanner.querySelector('[data-video]'), (code) => addRow(code));
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

  const waiting = () => JSON.parse(localStorage.getItem(store) ?? '[]');
  const keep = (deliveries) => localStorage.setItem(store, JSON.stringify(deliveries));

  const deliveryOf = () => {
    stamp();
    const boxes = listed().flatMap((row) => {
      const box = Object.fromEntries(
        ['code', 'quantity', 'unit', 'celsius'].map((part) => [part, fieldOf(row, part).value.trim()]),
      );
      if (box.code === '') return [];
      return [
        Object.fromEntries(
          Object.entries(box).filter(([part, value]) => value !== '' && !(part === 'unit' && box.quantity === '')),
        ),
      ];
    });
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

  // Oldest first; what the server has answered is done with, whatever it said but "busy" and "sign in".
  const sendWaiting = async () => {
    let sent = 0;
    for (const delivery of waiting()) {
      let response;
      try {
        response = await send(delivery);
      } catch {
        break;
      }
      if (response.status >= 500 || response.status === 401 || response.status === 429) break;
      keep(waiting().filter(({ key }) => key !== delivery.key));
      sent += 1;
    }
    const left = waiting().length;
    show(left, left === 0 && sent > 0 ? queueNote.dataset.sent : undefined);
  };

  form.addEventListener('submit', (event) => {
    if (navigator.onLine || event.submitter?.hasAttribute('data-no-script')) return;
    event.preventDefault();
    const delivery = deliveryOf();
    if (delivery.body.boxes.length === 0) return;
    keep([...waiting(), delivery]);
    for (const row of listed()) row.remove();
    at.value = '';
    newRow();
    said.textContent = form.dataset.offline;
    show(waiting().length);
  });
  window.addEventListener('online', sendWaiting);
  queueNote.querySelector('[data-send]').addEventListener('click', sendWaiting);
  show(waiting().length);
  if (navigator.onLine && waiting().length > 0) void sendWaiting();
  showRemove();
})();
