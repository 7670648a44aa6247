// The pages of accounts ask the browser for passkeys; without this script, or without passkeys, they work with passwords.
const forms = document.querySelectorAll('form[data-passkey]');
const able =
  window.isSecureContext &&
  typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function' &&
  typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';

/** Asks the server what to ask, asks the browser, and sends its answer as a field of the form. */
async function answer(form) {
  const asked = await fetch(form.dataset.passkey, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  });
  const body = await asked.json();
  if (!asked.ok) throw new Error(body.error.message);
  const credential =
    form.dataset.kind === 'add'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(body) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(body) });
  form.elements.answer.value = JSON.stringify(credential.toJSON());
  form.submit();
}

for (const form of able ? forms : []) {
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const problem = form.querySelector('[role=alert]');
    problem.textContent = '';
    answer(form).catch((error) => {
      problem.textContent =
        error.name === 'NotAllowedError'
          ? 'The browser did not confirm it. Try again, or sign in another way.'
          : error.name === 'InvalidStateError'
            ? 'This device already has a passkey for this account.'
            : error.message;
    });
  });
}
