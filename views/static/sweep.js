// @ts-check
// The form of a small shop on a phone: takes its position when asked. Without scripts it can be typed or left out.

const form = /** @type {HTMLFormElement | null} */ (document.getElementById('shop'));
const button = /** @type {HTMLButtonElement | null} */ (form?.querySelector('[data-here]') ?? null);
if (form !== null && button !== null && 'geolocation' in navigator) {
  button.hidden = false;
  button.addEventListener('click', () => takePosition(form));
}

/** @param {HTMLFormElement} form */
function takePosition(form) {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      /** @param {string} name */
      const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
      field('lat').value = coords.latitude.toFixed(5);
      field('lon').value = coords.longitude.toFixed(5);
    },
    () => {
      const said = form.querySelector('[data-said]');
      if (said !== null) said.textContent = form.dataset['noPosition'] ?? '';
    },
    { timeout: 10_000, maximumAge: 60_000 },
  );
}
