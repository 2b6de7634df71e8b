// Codes read by the device's camera or from a photo, the search key, and the print button. Pages work without it.
(() => {
  const known = ['qr_code', 'data_matrix', 'code_128', 'ean_13', 'ean_8', 'upc_a', 'itf'];
  let reader;

  const detector = () => {
    if (!('BarcodeDetector' in window)) return undefined;
    return new window.BarcodeDetector({ formats: known });
  };

  // The reader in WebAssembly is only fetched when the device cannot read by itself.
  const wasm = () => {
    reader ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = '/static/vendor/zxing-reader.js';
      script.addEventListener('load', () => {
        window.ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => '/static/vendor/zxing_reader.wasm' } });
        resolve(window.ZXingWASM);
      });
      script.addEventListener('error', reject);
      document.head.append(script);
    });
    return reader;
  };

  // What a scanner gives for FNC1 is kept as ^, which the look-up reads.
  const clean = (text) => text.replaceAll('\u001d', '^').trim();

  // Symbols of GS1 give their bytes: in the text with brackets, a batch that holds a bracket could not be told apart.
  const gs1Symbols = [']C1', ']d2', ']Q3', ']e0', ']J1'];
  const textOf = ({ symbologyIdentifier, bytes, text }) =>
    gs1Symbols.includes(symbologyIdentifier) ? clean(`^${new TextDecoder().decode(bytes)}`) : clean(text);

  const readImage = async (source) => {
    const own = detector();
    if (own) {
      try {
        const [found] = await own.detect(source);
        if (found) return clean(found.rawValue);
      } catch {
        // Some devices name the detector but have no engine behind it.
      }
    }
    const zxing = await wasm();
    const [result] = await zxing.readBarcodes(source instanceof Blob ? source : await pixelsOf(source), {
      tryHarder: true,
      maxNumberOfSymbols: 1,
    });
    return result ? textOf(result) : undefined;
  };

  const pixelsOf = async (video) => {
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  };

  const imageOf = async (file) => (detector() ? await createImageBitmap(file) : file);

  const looksAway = 4;

  // A short tone says "read" where a phone cannot shake, or lies on the table.
  let tone;
  const sound = () => {
    try {
      tone ??= new AudioContext();
      const [from, volume] = [tone.createOscillator(), tone.createGain()];
      from.frequency.value = 880;
      volume.gain.value = 0.06;
      from.connect(volume).connect(tone.destination);
      from.start();
      from.stop(tone.currentTime + 0.09);
    } catch {
      // No sound is no fault: the code stands on the page.
    }
  };

  // A button for the phone's lamp, where it has one that a page may switch.
  const offerTorch = (video, button) => {
    const [track] = video.srcObject?.getVideoTracks() ?? [];
    button.hidden = !track?.getCapabilities?.().torch;
    button.setAttribute('aria-pressed', 'false');
    button.onclick = async () => {
      const on = button.getAttribute('aria-pressed') !== 'true';
      await track.applyConstraints({ advanced: [{ torch: on }] }).catch(() => undefined);
      button.setAttribute('aria-pressed', String(on));
    };
  };

  // Reads the camera until `onCode` says to stop; the returned function closes it.
  const openCamera = async (video, onCode) => {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1280 } },
      audio: false,
    });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    let open = true;
    let [last, missed] = ['', 0];
    const stop = () => {
      open = false;
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
      video.hidden = true;
    };
    const look = async () => {
      if (!open) return;
      const code = await readImage(video).catch(() => undefined);
      // A box is one box for as long as it stays in view; the next one alike counts once the camera has looked away.
      const isNew = code && (code !== last || missed >= looksAway);
      missed = code ? 0 : missed + 1;
      if (code) last = code;
      if (open && isNew) {
        navigator.vibrate?.(60);
        sound();
        if (onCode(code) === 'stop') return stop();
      }
      setTimeout(look, 150);
    };
    void look();
    return stop;
  };

  const hasCamera = () => window.isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia);

  window.brightScan = { readImage, imageOf, openCamera, hasCamera, offerTorch };

  // A form with one field: scan into it and send it; where the page may not open the camera, a photo does.
  const takeCode = (form, target, code) => {
    target.value = code;
    form.requestSubmit();
  };

  const scanLive = async (form, target, button) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'scan-dialog';
    const video = document.createElement('video');
    video.className = 'scan-view';
    video.muted = true;
    video.playsInline = true;
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'btn';
    close.textContent = button.dataset.close;
    close.addEventListener('click', () => dialog.close());
    const hint = document.createElement('p');
    hint.className = 'small';
    hint.textContent = button.dataset.hint ?? '';
    const torch = document.createElement('button');
    torch.type = 'button';
    torch.className = 'btn';
    torch.hidden = true;
    torch.textContent = button.dataset.torch ?? '';
    dialog.append(video, hint, torch, close);
    document.body.append(dialog);
    dialog.showModal();
    let stop = () => {};
    dialog.addEventListener('close', () => {
      stop();
      dialog.remove();
      button.focus();
    });
    try {
      stop = await openCamera(video, (code) => {
        dialog.close();
        takeCode(form, target, code);
        return 'stop';
      });
      offerTorch(video, torch);
      if (!dialog.open) stop();
    } catch {
      dialog.close();
      scanPhoto(form, target, button);
    }
  };

  const scanPhoto = (form, target, button) => {
    const picker = document.createElement('input');
    picker.type = 'file';
    picker.accept = 'image/*';
    picker.setAttribute('capture', 'environment');
    picker.addEventListener('change', async () => {
      const [file] = picker.files;
      const code = file && (await readImage(await imageOf(file)).catch(() => undefined));
      if (code) takeCode(form, target, code);
      else target.setAttribute('placeholder', button.dataset.notRead);
    });
    picker.click();
  };

  for (const form of document.querySelectorAll('[data-scan-form]')) {
    const button = form.querySelector('[data-scan]');
    const target = form.querySelector('[data-scan-target]');
    if (!button || !target) continue;
    button.hidden = false;
    button.addEventListener('click', () => (hasCamera() ? scanLive : scanPhoto)(form, target, button));
  }

  document.addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey) return;
    const target = document.querySelector('[data-scan-target]');
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.select();
  });

  const offerPrint = () => {
    for (const button of document.querySelectorAll('[data-print]')) button.hidden = false;
  };
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-print]')) window.print();
  });
  document.addEventListener('htmx:afterSettle', offerPrint);
  offerPrint();
})();
