// @ts-check
// A hand scanner types into the page: what it sends for the separator and the end of a code stays in the field it is for,
// wherever the focus is, and never reaches the browser's own windows.

/** Between two keys of a scanner at most, ms: nobody types that fast. */
const burstMs = 45;
/** Fewer keys in a row are no code. */
const shortestCode = 6;
/** A scanner that sends nothing after a code is done when it has been silent this long, ms; or when its next code begins. */
const silenceMs = 2_000;

/** Keys of the clipboard and of undo, which a person wants even in a field. */
const peopleKeys = new Set(['a', 'c', 'v', 'x', 'y', 'z']);

/**
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Editable
 * @typedef {{ text: string, field: Editable | null, before: string, lastAt: number }} Burst
 * @typedef {object} ScannerPage
 * @property {(field: Element) => boolean} isCodeField
 * @property {() => HTMLInputElement} freeField an empty code field, made when there is none
 * @property {(field: HTMLInputElement) => void} onCode a code is complete in its field
 */

/**
 * @param {ScannerPage} scanned
 * @param {HTMLElement} form
 */
export function takeScannerKeys(scanned, form) {
  /** @type {Burst} */
  let burst = { text: '', field: null, before: '', lastAt: 0 };
  /** The code that a Tab ended, and when: a scanner may send Tab for its separator as well. */
  /** @type {{ field: HTMLInputElement, text: string, at: number } | undefined} */
  let tabbed;
  let altDigits = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let silence;

  /** @param {KeyboardEvent} event */
  const isFast = (event) => burst.text !== '' && event.timeStamp - burst.lastAt < burstMs;
  const isBurst = () => burst.text.length >= shortestCode;

  /**
   * @param {KeyboardEvent} event
   * @param {string} text
   */
  const note = (event, text) => {
    const field = editableAt(document.activeElement);
    if (!isFast(event) || burst.field !== field) burst = { text: '', field, before: field?.value ?? '', lastAt: 0 };
    burst.text += text;
    burst.lastAt = event.timeStamp;
    clearTimeout(silence);
    silence = setTimeout(() => isBurst() && finish(), silenceMs);
  };

  /** What came as one burst is a code, in whichever field it landed. */
  const finish = () => {
    clearTimeout(silence);
    const { text, field, before } = burst;
    burst = { text: '', field: null, before: '', lastAt: 0 };
    if (field instanceof HTMLInputElement && scanned.isCodeField(field) && before === '') {
      scanned.onCode(field);
      return { field, text };
    }
    if (field !== null) put(field, before);
    // A scanner without an ending ran two codes into one field: the first is one too.
    if (field instanceof HTMLInputElement && scanned.isCodeField(field)) scanned.onCode(field);
    const free = scanned.freeField();
    put(free, text);
    scanned.onCode(free);
    return { field: free, text };
  };

  /**
   * The next element follows its Tab at once; the next code begins with its own first key (01, ], https).
   * @param {KeyboardEvent} event
   */
  const goOn = (event) => {
    const ended = tabbed;
    tabbed = undefined;
    if (ended === undefined || event.timeStamp - ended.at >= burstMs || !/^[1-9(]$/.test(event.key)) return;
    clearTimeout(silence);
    ended.field.focus();
    put(ended.field, `${ended.text}^`);
    burst = { text: `${ended.text}^`, field: ended.field, before: '', lastAt: ended.at };
  };

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.isComposing || document.querySelector('dialog[open]')) return;
    const active = document.activeElement;
    if (active !== null && active !== document.body && editableAt(active) !== null && !form.contains(active)) return;
    if (event.altKey && /^Numpad\d$/.test(event.code)) {
      altDigits += event.code.slice(6);
      event.preventDefault();
      return;
    }
    if (isSeparator(event)) return separate(event);
    const ends = endOf(event);
    if (ends !== undefined) return end(event, ends);
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) return type(event);
    const isPeoples = (event.ctrlKey || event.metaKey) && peopleKeys.has(event.key.toLowerCase());
    // In the middle of a scan every other key of a shortcut is part of the code, such as Ctrl+D for the end of a message.
    if (isFast(event) && !isPeoples && (event.ctrlKey || /^F\d+$/.test(event.key)) && event.key !== 'Control')
      event.preventDefault();
  };

  /** @param {KeyboardEvent} event */
  const separate = (event) => {
    event.preventDefault();
    const active = document.activeElement;
    if (active instanceof HTMLInputElement && scanned.isCodeField(active)) insert(active, '^');
    if (burst.text !== '' || active instanceof HTMLInputElement) note(event, '^');
  };

  /**
   * @param {KeyboardEvent} event
   * @param {'enter' | 'tab'} how
   */
  const end = (event, how) => {
    if (isBurst() && isFast(event)) {
      event.preventDefault();
      const taken = finish();
      tabbed = how === 'tab' ? { ...taken, at: event.timeStamp } : undefined;
      return;
    }
    const active = document.activeElement;
    const isCode = active instanceof HTMLInputElement && scanned.isCodeField(active) && active.value.trim() !== '';
    // Ctrl+J and Ctrl+M are a scanner's line ends; for the browser they are windows of its own.
    if (event.ctrlKey || (how === 'enter' && isCode)) event.preventDefault();
    if (how === 'enter' && isCode) scanned.onCode(active);
  };

  /** @param {KeyboardEvent} event */
  const type = (event) => {
    goOn(event);
    // Nothing is being typed into: a scanner's first key finds an empty code, and its text follows the focus.
    if (editableAt(document.activeElement) === null && event.key !== ' ') scanned.freeField().focus();
    note(event, event.key);
  };

  document.addEventListener('keydown', onKey, { capture: true });
  document.addEventListener(
    'keyup',
    (event) => {
      if (event.key !== 'Alt' || altDigits === '') return;
      const code = Number(altDigits);
      altDigits = '';
      if (code >= 28 && code <= 31) separate(event);
    },
    { capture: true },
  );
}

/**
 * Ctrl+] and its neighbours (28 to 31), or F8, as a scanner is set to send for FNC1.
 * @param {KeyboardEvent} event
 */
function isSeparator({ key, code, ctrlKey, altKey, metaKey }) {
  if (key === 'F8') return true;
  if (!ctrlKey || altKey || metaKey) return false;
  return [']', '\\', '^', '_', '\u001d', '\u001c', '\u001e', '\u001f'].includes(key) || code === 'BracketRight';
}

/**
 * @param {KeyboardEvent} event
 * @returns {'enter' | 'tab' | undefined}
 */
function endOf({ key, ctrlKey }) {
  if (key === 'Enter' || (ctrlKey && /^[jm]$/i.test(key))) return 'enter';
  return key === 'Tab' || (ctrlKey && /^i$/i.test(key)) ? 'tab' : undefined;
}

/**
 * @param {Element | null} element
 * @returns {Editable | null}
 */
function editableAt(element) {
  if (element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) return element;
  const isText = element instanceof HTMLInputElement && !/^(?:button|submit|checkbox|radio|file)$/.test(element.type);
  return isText ? element : null;
}

/**
 * @param {HTMLInputElement} field
 * @param {string} text
 */
function insert(field, text) {
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * @param {Editable} field
 * @param {string} value
 */
function put(field, value) {
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
