// Puts the marks of the plane on a map of the operator's own tiles; when no tile comes, the plane stands as it was.
(() => {
  const frame = document.querySelector('#map');
  const plane = document.querySelector('svg.plane');
  const leaflet = globalThis.L;
  if (!frame || !plane || !leaflet) return;
  const links = [...plane.querySelectorAll('a[data-at]')];
  // A board that an earlier version kept has no positions; tonight's will.
  if (links.length < plane.querySelectorAll('a').length) return;

  const patienceMs = 10_000;
  const { tiles, credit, nearer, farther } = frame.dataset;
  // Measured while the plane is still to be seen.
  const icons = links.map(iconOf);
  frame.hidden = false;
  plane.toggleAttribute('hidden', true);
  const map = leaflet.map(frame, { zoomControl: false, attributionControl: false, zoomSnap: 0.5, maxZoom: 18 });
  leaflet.control.zoom({ zoomInTitle: nearer, zoomOutTitle: farther }).addTo(map);
  if (credit) leaflet.control.attribution({ prefix: false }).addAttribution(asText(credit)).addTo(map);
  const layer = leaflet.tileLayer(tiles, { maxZoom: 18 });
  let come = 0;
  layer.on('tileload', () => {
    come += 1;
  });
  layer.on('tileerror', () => {
    if (come === 0) giveUp();
  });
  layer.addTo(map);
  // A server that never answers makes no error either.
  setTimeout(() => come === 0 && giveUp(), patienceMs);
  const points = links.map((link) => link.dataset.at.split(',').map(Number));
  for (const [index, icon] of icons.entries()) {
    leaflet.marker(points[index], { icon, keyboard: false }).addTo(map);
  }
  map.fitBounds(points, { padding: [24, 24], maxZoom: 15 });

  /** The mark as the plane draws it, in a link that says the same. */
  function iconOf(link) {
    const shape = link.querySelector('path');
    const { x, y, width, height } = shape.getBBox();
    const said = link.getAttribute('aria-label');
    const mark = document.createElement('a');
    mark.href = link.getAttribute('href');
    mark.title = said;
    mark.setAttribute('aria-label', said);
    const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawing.setAttribute('viewBox', `${x - 2} ${y - 2} ${width + 4} ${height + 4}`);
    drawing.append(shape.cloneNode());
    const number = link.querySelector('text')?.textContent.trim();
    mark.append(drawing, ...(number ? [number] : []));
    return leaflet.divIcon({ className: 'map-mark', html: mark, iconSize: [28, 28] });
  }

  function giveUp() {
    if (frame.hidden) return;
    map.remove();
    frame.hidden = true;
    plane.toggleAttribute('hidden', false);
    document.querySelector('#no-map').hidden = false;
  }

  /** Leaflet takes a credit for markup. */
  function asText(text) {
    const span = document.createElement('span');
    span.textContent = text;
    return span.innerHTML;
  }
})();
