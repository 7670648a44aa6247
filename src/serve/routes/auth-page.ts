import { LONGEST, SHORTEST } from '../auth/passwords.ts';

/** Text as HTML shows it. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

export const STYLE_PATH = '/sign-in/style.css';

/** The style of the account pages; they need no script. */
export const STYLE = `:root{color-scheme:light dark;--ink:light-dark(#1b1b1f,#f1f0f4);--dim:light-dark(#55555f,#b4b3bd);--paper:light-dark(#fff,#17171b);
--line:light-dark(#767680,#8a8994);--act:light-dark(#3a35a8,#b9b5ff);--on-act:light-dark(#fff,#17171b);--bad:light-dark(#a31515,#ff9c9c)}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:30rem;margin:0 auto;padding:2.5rem 1.25rem}h1{font-size:1.75rem;margin:0 0 1rem}h2{font-size:1.2rem;margin:2.5rem 0 .75rem}
label{display:block;margin:1rem 0 .25rem}input,select{width:100%;padding:.6rem .75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.5rem}
select option{background:var(--paper)}button{margin-top:1rem;min-height:2.75rem;padding:.6rem 1.1rem;font:inherit;font-weight:600;border:0;border-radius:.5rem;background:var(--act);color:var(--on-act);cursor:pointer}
a.button{display:inline-block;margin-top:1rem;padding:.6rem 1.1rem;border-radius:.5rem;background:var(--act);color:var(--on-act);font-weight:600;text-decoration:none}
form[hidden]{display:none}button.quiet,a.button.quiet{background:transparent;color:var(--act);border:1px solid var(--act)}:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.hint{color:var(--dim);margin:.25rem 0 0}.problem{color:var(--bad);font-weight:600}.code{overflow-wrap:anywhere;font-family:ui-monospace,monospace}
fieldset{margin:1rem 0 0;border:1px solid var(--line);border-radius:.5rem;padding:.25rem 1rem .75rem}.choice{display:flex;gap:.6rem;align-items:baseline;min-height:2.75rem;margin:.25rem 0}.choice input{width:auto;flex:none}
a{color:var(--act)}ul{list-style:none;padding:0}li{padding:.75rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
`;

/** An account page. @param body HTML whose text is already escaped */
export const authPage = (title: string, body: string, problem: string | null = null): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)} · Segue</title><link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="${STYLE_PATH}"></head>
<body><main><h1>${escaped(title)}</h1>
${problem === null ? '' : `<p class="problem" role="alert">${escaped(problem)}</p>`}
${body}
</main></body></html>
`;

/** Sign-in methods other than a password to offer. */
export interface Ways {
  /** Whether browsers have passkeys at this address. */
  readonly passkeys: boolean;
  /** Display name of the provider; null = none. */
  readonly provider: string | null;
}

export const PASSKEY_SCRIPT = '<script src="/passkeys.js" defer></script>';

/** A form that asks the browser for a passkey; hidden if the browser does not support them. */
export const passkeyForm = (kind: 'add' | 'sign-in', content: string): string =>
  `<form method="post" action="${kind === 'add' ? '/account/passkey' : '/sign-in/passkey'}" data-passkey="${
    kind === 'add' ? '/account/passkey/options' : '/sign-in/passkey/options'
  }" data-kind="${kind}" hidden><input type="hidden" name="answer">${content}<p class="problem" role="alert"></p></form>`;

const otherWays = ({ passkeys, provider }: Ways, code: string | null): string =>
  [
    passkeys && code === null
      ? `${passkeyForm('sign-in', '<button class="quiet">Sign in with a passkey</button>')}${PASSKEY_SCRIPT}`
      : '',
    provider === null
      ? ''
      : `<p><a class="button quiet" href="/sign-in/openid${code === null ? '' : `?code=${encodeURIComponent(code)}`}">Continue with ${escaped(provider)}</a></p>`,
  ].join('\n');

/** Title and body of the sign-in page. */
export const signInPage = (ways: Ways): [title: string, body: string] => [
  'Sign in',
  `<form method="post" action="/sign-in">
<label for="name">Name</label><input id="name" name="name" autocomplete="username" required maxlength="100">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="400">
<button>Sign in</button></form>
${otherWays(ways, null)}`,
];

/** A field for a new password, with its rules. */
export const newPasswordField = (name: string): string =>
  `<input id="${name}" name="${name}" type="password" autocomplete="new-password" required minlength="${SHORTEST}" maxlength="${LONGEST}" aria-describedby="${name}-hint">
<p class="hint" id="${name}-hint">At least ${SHORTEST} characters. Several words are easy to remember.</p>`;

/** @param code of the invitation @param name of the invited listener; null = a new one */
export const joinForm = (code: string, name: string | null, ways: Ways): string => `<p>${
  name === null ? 'Choose a name and a password to sign in with.' : `Choose a password to sign in as ${escaped(name)}.`
}</p>
<form method="post" action="/join"><input type="hidden" name="code" value="${escaped(code)}">
<label for="name">Name</label><input id="name" name="name" autocomplete="username" required maxlength="100"${
  name === null ? '' : ` value="${escaped(name)}" readonly`
}>
<label for="password">Password</label>${newPasswordField('password')}
<button>Create account</button></form>
${otherWays(ways, code)}`;
