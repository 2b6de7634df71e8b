// `/` opens the search of the bar from anywhere but a field; a page that uses the key itself comes first.
document.addEventListener('keydown', (event) => {
  const { target, key, ctrlKey, metaKey, altKey, defaultPrevented } = event;
  const typing = target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
  const box = document.getElementById('find');
  if (key !== '/' || typing || ctrlKey || metaKey || altKey || defaultPrevented || box === null) return;
  event.preventDefault();
  box.showPopover();
  box.querySelector('input')?.focus();
});
