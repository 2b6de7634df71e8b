// @ts-check
// Codes from the camera that stays open, and from a photo, into the rows of a form.

/**
 * @typedef {{ readImage: (source: unknown) => Promise<string | undefined>, imageOf: (file: File) => Promise<unknown>,
 *   openCamera: (video: Element | null, onCode: (code: string) => void) => Promise<() => void>, hasCamera: () => boolean,
 *   offerTorch: (video: Element | null, button: HTMLElement) => void }} Scan
 */

/**
 * @param {HTMLElement} scanner
 * @param {Scan} scan
 * @param {(code: string) => void} addCode
 * @param {string} notRead
 * @param {HTMLElement} said
 */
export function bindCamera(scanner, scan, addCode, notRead, said) {
  scanner.hidden = false;
  const button = /** @type {HTMLButtonElement} */ (scanner.querySelector('[data-camera]'));
  const label = /** @type {HTMLElement} */ (button.querySelector('span'));
  const torch = /** @type {HTMLButtonElement} */ (scanner.querySelector('[data-torch]'));
  const hint = /** @type {HTMLElement} */ (scanner.querySelector('[data-hint]'));
  const openWord = label.textContent;
  /** @type {(() => void) | undefined} */
  let close;
  if (scan.hasCamera()) button.hidden = false;
  button.addEventListener('click', async () => {
    if (close !== undefined) {
      close();
      torch.hidden = true;
      hint.hidden = true;
      close = undefined;
      label.textContent = openWord;
      return;
    }
    try {
      const video = scanner.querySelector('[data-video]');
      close = await scan.openCamera(video, addCode);
      scan.offerTorch(video, torch);
      hint.hidden = false;
      label.textContent = button.dataset['stop'] ?? '';
    } catch {
      said.textContent = notRead;
    }
  });
  const photo = /** @type {HTMLInputElement} */ (scanner.querySelector('[data-photo]'));
  photo.addEventListener('change', async () => {
    const [file] = photo.files ?? [];
    if (file === undefined) return;
    const code = await scan.readImage(await scan.imageOf(file)).catch(() => undefined);
    photo.value = '';
    if (code) addCode(code);
    else said.textContent = notRead;
  });
}
