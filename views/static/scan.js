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
    let last = { code: '', at: 0 };
    const stop = () => {
      open = false;
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
      video.hidden = true;
    };
    const look = async () => {
      if (!open) return;
      const code = await readImage(video).catch(() => undefined);
      // The same box stays in view for a while: one sight is one box.
      if (open && code && (code !== last.code || performance.now() - last.at > 3000)) {
        last = { code, at: performance.now() };
        navigator.vibrate?.(60);
        if (onCode(code) === 'stop') return stop();
      }
      setTimeout(look, 150);
    };
    void look();
    return stop;
  };

  const hasCamera = () => window.isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia);

  window.brightScan = { readImage, imageOf, openCamera, hasCamera };

  // A form with one field: scan into it and send it.
  for (const form of document.querySelectorAll('[data-scan-form]')) {
    const button = form.querySelector('[data-scan]');
    const target = form.querySelector('[data-scan-target]');
    if (!button || !target || !hasCamera()) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      const dialog = document.createElement('dialog');
      const video = document.createElement('video');
      video.className = 'scan-view';
      video.muted = true;
      video.playsInline = true;
      dialog.append(video);
      document.body.append(dialog);
      dialog.showModal();
      let stop = () => {};
      dialog.addEventListener('close', () => {
        stop();
        dialog.remove();
      });
      try {
        stop = await openCamera(video, (code) => {
          target.value = code;
          dialog.close();
          form.requestSubmit();
          return 'stop';
        });
      } catch {
        dialog.close();
      }
    });
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
