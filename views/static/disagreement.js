// Keys of the page that shows one picture two sets disagree on. Every key is a link or a box to tick as well.
(() => {
  const show = (box) => {
    const boxes = document.querySelector(box.dataset.boxes);
    if (boxes) boxes.toggleAttribute('hidden', !box.checked);
  };
  for (const box of document.querySelectorAll('input[data-boxes]')) {
    box.closest('label').hidden = false;
    box.addEventListener('change', () => show(box));
  }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const thing = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!thing) return;
    event.preventDefault();
    thing.click();
  });
})();
