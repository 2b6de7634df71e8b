// The bench with scripts: arrow keys from box to box, the drawing stays where it was scrolled, the address can be copied.
(() => {
  const nodes = () => [...document.querySelectorAll('.graph .node')];
  const centre = (node) => {
    const { left, top, width, height } = node.querySelector('rect').getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  // The nearest box in that direction; what lies aside counts double.
  const neighbour = (from, [dx, dy]) => {
    const here = centre(from);
    let best;
    for (const node of nodes()) {
      if (node === from) continue;
      const { x, y } = centre(node);
      const [along, aside] = [(x - here.x) * dx + (y - here.y) * dy, Math.abs((x - here.x) * dy + (y - here.y) * dx)];
      if (along < 10) continue;
      const far = along + aside * 2;
      if (!best || far < best.far) best = { node, far };
    }
    return best?.node;
  };

  document.addEventListener('keydown', (event) => {
    const way = ways[event.key];
    const from = event.target instanceof Element ? event.target.closest('.graph .node') : null;
    if (!way || !from) return;
    const to = neighbour(from, way);
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  let scrolled = 0;
  const frame = () => document.querySelector('#bench .scroll');
  document.addEventListener('htmx:beforeSwap', () => {
    scrolled = frame()?.scrollLeft ?? 0;
  });
  document.addEventListener('htmx:afterSettle', () => {
    const scroll = frame();
    if (scroll) scroll.scrollLeft = scrolled;
    offerShare();
  });

  const offerShare = () => {
    if (!navigator.clipboard) return;
    for (const button of document.querySelectorAll('[data-share]')) button.hidden = false;
  };
  document.addEventListener('click', async (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-share]') : null;
    if (!button) return;
    await navigator.clipboard.writeText(location.href);
    const toast = document.createElement('p');
    toast.className = 'toast';
    toast.setAttribute('role', 'status');
    toast.textContent = button.dataset.share;
    document.body.append(toast);
    setTimeout(() => toast.remove(), 4_000);
  });
  offerShare();
})();
