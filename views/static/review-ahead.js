// The flag that lies ready is made and loaded while the one in hand is looked at, so that a key shows it without waiting for an answer.
const parts = ['.desk-head', '.stage', '.desk-side'];
// These know nothing of the flag: they move from the one to the other.
const kept = ['.desk-filters', '#undo'];

export function openAhead(main) {
  let ready = null;
  let left = null;

  /** Whatever lies ready on the page as it stands now. */
  const prepare = () => {
    ready = null;
    left = null;
    const template = main.querySelector('#ahead');
    if (!template) return;
    const nodes = parts.map((part) => document.importNode(template.content.querySelector(part), true));
    ready = { flag: template.dataset.flag, nodes };
    for (const picture of nodes[1].querySelectorAll('img')) picture.decode().catch(() => undefined);
  };

  const put = (nodes) => {
    const olds = parts.map((part) => main.querySelector(part));
    for (const name of kept) {
      const place = nodes.map((node) => node.querySelector(name)).find((found) => found);
      const moved = main.querySelector(name);
      if (place && moved) place.replaceWith(moved);
    }
    const verdict = document.activeElement?.closest('#verdict button')?.value;
    for (const [index, old] of olds.entries()) old.replaceWith(nodes[index]);
    if (verdict) main.querySelector(`#verdict [value=${verdict}]`)?.focus({ preventScroll: true });
    return olds;
  };

  /** Shows it; what stood there is kept until the answer. Nothing happens where nothing lies ready. */
  const show = () => {
    if (ready === null) return false;
    left = put(ready.nodes);
    for (const node of ready.nodes) globalThis.htmx.process(node);
    ready = null;
    return true;
  };

  /** The verdict reached nobody: the flag it was about lies before the reviewer again. */
  const comeBack = () => {
    if (left !== null) put(left);
    prepare();
  };

  /** The answer was about the flag that is shown: only what stands around it is new. */
  const settle = (html) => {
    const answer = new DOMParser().parseFromString(html, 'text/html');
    for (const id of ['around', 'undo']) {
      const fresh = document.importNode(answer.getElementById(id), true);
      main.querySelector(`#${id}`).replaceWith(fresh);
      globalThis.htmx.process(fresh);
    }
    prepare();
  };

  return { prepare, show, comeBack, settle, flag: () => ready?.flag };
}
