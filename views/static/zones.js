// Draws zones on a camera's picture with a pointer; the fields below hold the same numbers, and are what is sent.
(() => {
  const view = document.querySelector('[data-zones]');
  const shapes = view?.querySelector('svg');
  if (!view || !shapes) return;
  const svgName = 'http://www.w3.org/2000/svg';
  const [width, height] = [shapes.viewBox.baseVal.width, shapes.viewBox.baseVal.height];
  // Shorter than this (percent of the picture) is a click, not a rectangle.
  const clickWithin = 1.5;
  const grabWithin = 2.5;
  let active = null;
  let press = null;

  const fieldOf = (zone) => zone.querySelector('[name$="-points"]');
  const readPoints = (zone) =>
    fieldOf(zone)
      .value.split(/[,;，；]+/)
      .map((corner) => corner.trim().split(/\s+/).map(Number))
      .filter((corner) => corner.length === 2 && corner.every(Number.isFinite));
  const tenth = (value) => Math.round(Math.min(100, Math.max(0, value)) * 10) / 10;
  const writePoints = (zone, points) => {
    fieldOf(zone).value = points.map(([x, y]) => `${tenth(x)} ${tenth(y)}`).join(', ');
    draw(zone);
  };

  const element = (name, attributes, parent) => {
    const made = document.createElementNS(svgName, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    parent.append(made);
    return made;
  };

  const draw = (zone) => {
    const index = zone.dataset.zone;
    shapes.querySelector(`[data-shape="${index}"]`)?.remove();
    const points = readPoints(zone).map(([x, y]) => [(x * width) / 100, (y * height) / 100]);
    if (points.length === 0) return;
    const kind = zone.querySelector('[name$="-kind"]:checked')?.value ?? 'watch';
    const group = element('g', { class: `zone-shape is-${kind}`, 'data-shape': index }, shapes);
    element('polygon', { points: points.map((point) => point.join(',')).join(' ') }, group);
    const number = [...document.querySelectorAll('[data-zone]')].indexOf(zone) + 1;
    const label = element(
      'text',
      { x: points[0][0] + width * 0.012, y: points[0][1] + width * 0.03, 'font-size': width * 0.026 },
      group,
    );
    label.textContent = `${number} ${zone.querySelector('[name$="-name"]').value}`;
    if (zone !== active) return;
    group.classList.add('is-active');
    for (const [x, y] of points) element('circle', { cx: x, cy: y, r: width * 0.009 }, group);
  };

  const activate = (zone) => {
    const before = active;
    active = zone;
    view.classList.toggle('is-drawing', zone !== null);
    for (const each of document.querySelectorAll('[data-zone]')) {
      each.querySelector('[data-draw-start]')?.setAttribute('aria-pressed', String(each === zone));
    }
    if (before) draw(before);
    if (zone) draw(zone);
  };

  const at = (event) => {
    const area = view.getBoundingClientRect();
    return [((event.clientX - area.left) / area.width) * 100, ((event.clientY - area.top) / area.height) * 100];
  };
  const apart = (a, b) => Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]));

  view.addEventListener('pointerdown', (event) => {
    if (!active || event.button !== 0) return;
    event.preventDefault();
    view.setPointerCapture(event.pointerId);
    const start = at(event);
    const points = readPoints(active);
    press = { start, points, corner: points.findIndex((point) => apart(point, start) < grabWithin) };
  });

  view.addEventListener('pointermove', (event) => {
    if (!press || !active) return;
    const [x, y] = at(event);
    if (press.corner >= 0) {
      writePoints(
        active,
        press.points.map((point, index) => (index === press.corner ? [x, y] : point)),
      );
    } else if (apart(press.start, [x, y]) >= clickWithin) {
      const [fromX, fromY] = press.start;
      writePoints(active, [
        [fromX, fromY],
        [x, fromY],
        [x, y],
        [fromX, y],
      ]);
    }
  });

  view.addEventListener('pointerup', (event) => {
    if (!press || !active) return;
    const clicked = press.corner < 0 && apart(press.start, at(event)) < clickWithin;
    if (clicked && press.points.length < 40) writePoints(active, [...press.points, press.start]);
    press = null;
  });
  view.addEventListener('pointercancel', () => {
    if (press && active) writePoints(active, press.points);
    press = null;
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !active) return;
    const points = readPoints(active);
    if (points.length === 0) activate(null);
    else writePoints(active, points.slice(0, -1));
  });

  document.querySelector('[data-zone-help]')?.removeAttribute('hidden');
  for (const zone of document.querySelectorAll('[data-zone]')) {
    zone.querySelector('[data-draw]')?.removeAttribute('hidden');
    // Whoever can draw needs no numbers, but for one that is wrong.
    const corners = zone.querySelector('[data-corners]');
    if (corners && !corners.querySelector('[aria-invalid]')) corners.open = false;
    zone.querySelector('[data-draw-start]')?.addEventListener('click', () => {
      activate(active === zone ? null : zone);
      if (active) view.scrollIntoView({ block: 'nearest' });
    });
    zone.querySelector('[data-draw-clear]')?.addEventListener('click', () => writePoints(zone, []));
    zone.addEventListener('input', () => draw(zone));
    zone.addEventListener('change', () => draw(zone));
  }
})();
