import type { AccessToken } from '../../connect/access-tokens.ts';
import { ADMINISTRATORS_SCOPES, SCOPE_NAMES, SCOPES, USUAL_SCOPES } from '../../connect/scopes.ts';
import type { Account } from '../../listeners/accounts.ts';
import type { Identity, Passkey, SessionShown } from '../../listeners/sign-in.ts';
import { escaped, newPasswordField, PASSKEY_SCRIPT, passkeyForm } from './auth-page.ts';
import { deviceName } from './device-name.ts';

/** A time to the minute, in UTC, because the server does not know the reader's time zone. */
const moment = (at: number): string => {
  const text = new Date(at).toISOString();
  return `<time datetime="${text}">${text.slice(0, 16).replace('T', ' ')} UTC</time>`;
};

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escaped(value)}">`;

export const passwordForm = (has: boolean): string => `<h2>Password</h2>
<form method="post" action="/account/password">
${
  has
    ? `<label for="old">Current password</label><input id="old" name="old" type="password" autocomplete="current-password" required maxlength="400">`
    : '<p class="hint">You have no password yet.</p>'
}
<label for="next">New password</label>${newPasswordField('next')}
<button>${has ? 'Change' : 'Set'} password</button></form>
<p class="hint">This ends your sessions on all other devices.</p>`;

/** @param able whether browsers support passkeys at this address */
export const passkeyForms = (passkeys: readonly Passkey[], able: boolean): string => `<h2>Passkeys</h2>
<p class="hint">Sign in with your device’s own lock instead of a password.${
  able ? '' : ' Browsers allow this only over HTTPS and with a host name.'
}</p>
<ul>${passkeys
  .map(
    ({ id, name, createdAt, usedAt }) => `<li>${escaped(name)}
<p class="hint">Added ${moment(createdAt)}, ${usedAt === null ? 'never used' : `last used ${moment(usedAt)}`}</p>
<form method="post" action="/account/remove-passkey">${hidden('passkey', id)}<button class="quiet">Remove ${escaped(name)}</button></form></li>`,
  )
  .join('')}</ul>
${
  able
    ? passkeyForm(
        'add',
        `<label for="passkey-name">Name of this device</label><input id="passkey-name" name="name" required maxlength="100">
<button>Add a passkey</button>`,
      ) + PASSKEY_SCRIPT
    : ''
}`;

/** @param provider its display name */
export const identityForms = (
  identities: readonly Identity[],
  provider: string,
): string => `<h2>${escaped(provider)}</h2>
<ul>${identities
  .map(
    ({ issuer, subject, label }) => `<li>${escaped(label)}
<form method="post" action="/account/remove-identity">${hidden('issuer', issuer)}${hidden('subject', subject)}<button class="quiet">Unlink ${escaped(label)}</button></form></li>`,
  )
  .join('')}</ul>
<form method="post" action="/account/openid"><button class="quiet">Link an account at ${escaped(provider)}</button></form>`;

/** @param current id of the session viewing the list */
export const sessionForms = (sessions: readonly SessionShown[], current: string | null): string => `<h2>Sessions</h2>
<ul>${sessions
  .map(
    ({ id, createdAt, seenAt, device, address }) =>
      `<li>${escaped(deviceName(device))}${address === '' ? '' : ` at ${escaped(address)}`}${id === current ? ' <strong>(this one)</strong>' : ''}
<p class="hint">Signed in ${moment(createdAt)}, last used ${moment(seenAt)}</p>${
        id === current
          ? ''
          : `<form method="post" action="/account/end-session">${hidden('session', id)}<button class="quiet">End this session</button></form>`
      }</li>`,
  )
  .join('')}</ul>
<form method="post" action="/account/sign-out"><button class="quiet">Sign out</button></form>
<form method="post" action="/account/sign-out-elsewhere"><button class="quiet">Sign out elsewhere</button></form>
<form method="post" action="/account/sign-out-everywhere"><button class="quiet">Sign out on every device</button></form>`;

/** @param made a token just created, shown once */
export const tokenForms = (tokens: readonly AccessToken[], { role }: Account, made: string | null): string => {
  const given = SCOPE_NAMES.filter((scope) => role === 'administrator' || !ADMINISTRATORS_SCOPES.includes(scope));
  return `<h2>Access tokens</h2>
<p class="hint">They let other programs act for you, each with only the rights you give it.</p>
${made === null ? '' : `<p role="status">Copy this token now; it is not shown again:<br><span class="code">${escaped(made)}</span></p>`}
<ul>${tokens
    .map(
      ({ id, name, scopes, createdAt, usedAt }) => `<li>${escaped(name)}
<p class="hint">${scopes.join(', ') || 'no rights'} · created ${moment(createdAt)}, ${usedAt === null ? 'never used' : `last used ${moment(usedAt)}`}</p>
<form method="post" action="/account/revoke-token">${hidden('token', id)}<button class="quiet">Revoke ${escaped(name)}</button></form></li>`,
    )
    .join('')}</ul>
<form method="post" action="/account/create-token">
<label for="token-name">What it is for</label><input id="token-name" name="name" required maxlength="100">
<fieldset><legend>It may</legend>${given
    .map(
      (scope) =>
        `<label class="choice"><input type="checkbox" name="scope" value="${scope}"${USUAL_SCOPES.includes(scope) ? ' checked' : ''}> <span><strong>${scope}</strong>: ${escaped(SCOPES[scope])}</span></label>`,
    )
    .join('')}</fieldset>
<button>Create a token</button></form>`;
};

/** For administrators: who can and cannot sign in, and invitations. @param link of an invitation just created */
export const peopleForms = (
  people: readonly Account[],
  others: readonly { readonly id: string; readonly name: string }[],
  self: string,
  link: string | null,
): string => `<h2>People</h2>
<ul>${people
  .map(
    ({ listener, name, role }) =>
      `<li>${escaped(name)} (${escaped(role)})${
        listener === self
          ? ''
          : `<form method="post" action="/account/remove">${hidden('listener', listener)}
<button class="quiet">Remove the account of ${escaped(name)}</button></form>`
      }</li>`,
  )
  .join('')}</ul>
<p class="hint">Removing an account ends its sessions and revokes its access tokens; the listener’s data stays.</p>
<h2>Invite</h2>
${link === null ? '' : `<p role="status">Give this link to one person. It works once, for a week, and is not shown again:<br><span class="code">${escaped(link)}</span></p>`}
<form method="post" action="/account/invite">
<label for="whom">Who is it for</label><select id="whom" name="listener"><option value="">Someone new</option>${others
  .map(({ id, name }) => `<option value="${escaped(id)}">${escaped(name)}, who cannot sign in yet</option>`)
  .join('')}</select>
<label for="role">Role</label>
<select id="role" name="role"><option value="listener">Listener</option><option value="administrator">Administrator</option></select>
<button>Create an invitation</button></form>`;
