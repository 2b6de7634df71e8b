// Passkeys in the browser: signing in with one, and adding one to the account.
(() => {
  const { browserSupportsWebAuthn, startAuthentication, startRegistration } = window.SimpleWebAuthnBrowser ?? {};
  if (!browserSupportsWebAuthn?.()) return;

  async function post(path, body) {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer.json();
  }

  /** Runs the work once at a time; a person who changes their mind sees the note and may press again. */
  async function attempt(part, work) {
    const button = part.querySelector('button');
    const note = part.querySelector('[role=alert]');
    button.disabled = true;
    note.hidden = true;
    try {
      location.assign((await work()).href);
    } catch {
      note.hidden = false;
      button.disabled = false;
    }
  }

  for (const part of document.querySelectorAll('[data-passkey-enter]')) {
    part.hidden = false;
    part.querySelector('button').addEventListener('click', () =>
      attempt(part, async () => {
        const optionsJSON = await post('/sign-in/passkey/options', {});
        const response = await startAuthentication({ optionsJSON });
        return post('/sign-in/passkey', { response, next: part.dataset.passkeyEnter });
      }),
    );
  }

  for (const form of document.querySelectorAll('[data-passkey-add]')) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void attempt(form, async () => {
        const optionsJSON = await post('/account/passkeys/options', {});
        const response = await startRegistration({ optionsJSON });
        return post('/account/passkeys', { response, name: form.elements.passkey.value });
      });
    });
  }
})();
