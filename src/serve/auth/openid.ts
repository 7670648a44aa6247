import * as oauth from 'oauth4webapi';
import { type HostLedger, isAway, outgoingTo, textOf } from '../../connect/network.ts';
import { SegueError } from '../../errors.ts';
import type { Account } from '../../listeners/accounts.ts';
import type { Identity } from '../../listeners/sign-in.ts';
import { type Accounts, type Client, secret } from './accounts.ts';

/** Time limit for a person on the provider's page, in milliseconds. */
const PATIENCE = 10 * 60_000;
/** Timeout for requests to a provider, in milliseconds. */
const TIMEOUT = 10_000;
/** How long a provider's discovery document is cached; its keys are fetched at each sign-in. */
const KNOWN = 60 * 60_000;
/** Tolerated clock difference, in seconds. */
const TOLERANCE = 30;
const SCOPE = 'openid email profile';
/** Names that are tried for a new listener before giving up: "Ada", "Ada 2", … */
const NAMES = 20;
const LONGEST_NAME = 90;

export interface OpenIdSettings {
  /** The provider's address, as in its discovery document. */
  readonly issuer: string;
  readonly clientId: string;
  /** None for a public client: PKCE is used in any case. */
  readonly clientSecret?: string | undefined;
  /** The provider's name on the sign-in page. */
  readonly name: string;
  /** Verified e-mail addresses in these domains get an account at the first sign-in; none by default. */
  readonly domains: readonly string[];
}

/** Purpose of a sign-in. */
export type Purpose =
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'join'; readonly code: string }
  | { readonly kind: 'link'; readonly listener: string };

interface Begun {
  readonly purpose: Purpose;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirect: string;
}

/** Signing in with a provider (OpenID Connect Core, authorization code with PKCE, state and nonce). */
export class OpenId {
  readonly settings: OpenIdSettings;
  private readonly accounts: Accounts;
  private readonly ledger: () => Promise<HostLedger>;
  private readonly client: oauth.Client;
  private known: { server: oauth.AuthorizationServer; at: number } | null = null;

  /** @param ledger records every contact with the provider */
  constructor(accounts: Accounts, settings: OpenIdSettings, ledger: () => Promise<HostLedger>) {
    this.accounts = accounts;
    this.settings = settings;
    this.ledger = ledger;
    this.client = { client_id: settings.clientId, [oauth.clockTolerance]: TOLERANCE };
  }

  /**
   * @param redirect where the provider sends the browser back to; it has to be registered there @returns where to send the browser, and the state to
   * return with its answer @throws SegueError SERVICE_AWAY, TOO_MANY_TRIES
   */
  async begin(purpose: Purpose, redirect: string, client: Client): Promise<{ ceremony: string; url: string }> {
    this.accounts.countTry(client);
    const server = await this.server();
    const [state, nonce, verifier] = [
      oauth.generateRandomState(),
      oauth.generateRandomNonce(),
      oauth.generateRandomCodeVerifier(),
    ];
    if (server.authorization_endpoint === undefined) throw this.refused();
    const url = new URL(server.authorization_endpoint);
    for (const [name, value] of Object.entries({
      response_type: 'code',
      client_id: this.settings.clientId,
      redirect_uri: redirect,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }))
      url.searchParams.set(name, value);
    const begun: Begun = { purpose, state, nonce, verifier, redirect };
    const ceremony = secret();
    const now = this.accounts.now();
    await (await this.accounts.store()).begin(ceremony, JSON.stringify(begun), now, now + PATIENCE);
    return { ceremony, url: url.href };
  }

  /**
   * @param answer the query that the browser came back with @param signedIn who is signed in in this browser
   * @returns the id of a new session; null when an account was linked
   * @throws SegueError NOT_SIGNED_IN, NOT_ALLOWED, ALREADY_EXISTS, SERVICE_AWAY
   */
  async finish(
    ceremony: string | null,
    answer: URLSearchParams,
    signedIn: Account | null,
    client: Client,
  ): Promise<string | null> {
    try {
      const data = ceremony === null ? null : await (await this.accounts.store()).take(ceremony, this.accounts.now());
      if (data === null) throw this.refused();
      const begun = JSON.parse(data) as Begun;
      const claims = await this.claims(begun, answer);
      const session = await this.arrive(begun.purpose, claims, signedIn, client);
      this.accounts.forgiveTry(client);
      return session;
    } catch (error) {
      await this.accounts.record('sign-in-refused', signedIn?.listener ?? null, client.address);
      throw error;
    }
  }

  private async arrive(
    purpose: Purpose,
    claims: oauth.IDToken,
    signedIn: Account | null,
    client: Client,
  ): Promise<string | null> {
    const store = await this.accounts.store();
    const identity: Identity = { issuer: claims.iss, subject: claims.sub, label: labelOf(claims) };
    if (purpose.kind === 'link') {
      if (signedIn?.listener !== purpose.listener) throw this.refused();
      await store.addIdentity(purpose.listener, identity, this.accounts.now());
      await this.accounts.record('identity-added', purpose.listener, '');
      return null;
    }
    const known = await store.byIdentity(identity.issuer, identity.subject);
    if (known) return this.accounts.enter(known, client);
    if (purpose.kind === 'join')
      return named(nameOf(claims), (name) => this.accounts.redeemWith(purpose.code, name, identity, client));
    if (!isOf(this.settings.domains, claims))
      throw new SegueError('NOT_ALLOWED', {
        got: `No account here is linked to this sign-in at ${this.settings.name}`,
        remedy: 'Ask an administrator for an invitation, or sign in another way and link it at /account',
      });
    return named(nameOf(claims), async (name) => {
      const account = await store.join(name, identity, 'listener', this.accounts.now());
      await this.accounts.record('joined', account.listener, account.role);
      return this.accounts.enter(account, client);
    });
  }

  /** Exchanges the code for an ID token, and checks it: signature, issuer, audience, times, nonce. */
  private async claims(begun: Begun, answer: URLSearchParams): Promise<oauth.IDToken> {
    // A copy, because the library caches a provider's keys by this object; they are fetched again, since they may have changed.
    const server = { ...(await this.server()) };
    const options = await this.options(server);
    try {
      const parameters = oauth.validateAuthResponse(server, this.client, answer, begun.state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        this.client,
        this.authentication(server),
        parameters,
        begun.redirect,
        begun.verifier,
        options,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, this.client, response, {
        expectedNonce: begun.nonce,
        requireIdToken: true,
      });
      await oauth.validateApplicationLevelSignature(server, response, options);
      const claims = oauth.getValidatedIdTokenClaims(tokens);
      if (claims) return claims;
    } catch (error) {
      if (error instanceof SegueError) throw error;
      // The library's errors contain the request and its tokens, so they are not passed on.
    }
    throw this.refused();
  }

  private authentication(server: oauth.AuthorizationServer): oauth.ClientAuth {
    const { clientSecret } = this.settings;
    if (clientSecret === undefined) return oauth.None();
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return methods.includes('client_secret_basic')
      ? oauth.ClientSecretBasic(clientSecret)
      : oauth.ClientSecretPost(clientSecret);
  }

  private async server(): Promise<oauth.AuthorizationServer> {
    const now = this.accounts.now();
    if (this.known && now - this.known.at < KNOWN) return this.known.server;
    const issuer = new URL(this.settings.issuer);
    const options = await this.options({ issuer: issuer.href });
    try {
      const response = await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oidc' });
      const server = await oauth.processDiscoveryResponse(issuer, response);
      this.known = { server, at: now };
      return server;
    } catch (error) {
      if (error instanceof SegueError) throw error;
      throw new SegueError('SERVICE_ANSWER', {
        got: `${this.settings.name} has no valid OpenID Connect configuration at ${issuer.href}`,
        expected: `a document at ${issuer.href.replace(/\/$/, '')}/.well-known/openid-configuration whose issuer is this address`,
        remedy: 'Correct the setting oidcIssuer',
      });
    }
  }

  /** Requests go only to the provider's own hosts. */
  private async options(server: oauth.AuthorizationServer) {
    const why = `sign-in with ${this.settings.name}`;
    const origins = [server.issuer, server.token_endpoint, server.jwks_uri].flatMap((address) =>
      address === undefined ? [] : [new URL(address).origin],
    );
    const hosts = [...new Set(origins)].map((origin) => ({ origin, why }));
    const outgoing = outgoingTo('sign-in', hosts, await this.ledger());
    return {
      [oauth.allowInsecureRequests]: new URL(this.settings.issuer).protocol === 'http:',
      [oauth.customFetch]: async (
        address: string,
        { method, body, headers }: { method: string; body?: unknown; headers: Record<string, string> },
      ): Promise<Response> => {
        const url = new URL(address);
        try {
          const response = await outgoing(url, {
            method: method === 'POST' ? 'POST' : 'GET',
            headers,
            ...(body instanceof URLSearchParams && { body }),
            timeoutMs: TIMEOUT,
          });
          if (response.status >= 500) throw this.away();
          const content = await textOf(response, url.origin, AbortSignal.timeout(TIMEOUT));
          return new Response(content, { status: response.status, headers: response.headers });
        } catch (error) {
          throw isAway(error) ? this.away() : error;
        }
      },
    };
  }

  private away(): SegueError {
    return new SegueError('SERVICE_AWAY', {
      got: `${this.settings.name} does not answer`,
      remedy: 'Try again in a while, or sign in another way',
    });
  }

  private refused(): SegueError {
    return new SegueError('NOT_SIGNED_IN', {
      got: `The sign-in at ${this.settings.name} was not accepted`,
      remedy: 'Start it again',
    });
  }
}

/** Tries a name, and others like it while it is taken. @throws SegueError ALREADY_EXISTS */
async function named<T>(name: string, use: (name: string) => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await use(count === 1 ? name : `${name} ${count}`);
    } catch (error) {
      const taken = error instanceof SegueError && error.code === 'ALREADY_EXISTS';
      if (!taken || count >= NAMES) throw error;
    }
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const nameOf = ({ name, preferred_username, email }: oauth.IDToken): string =>
  (text(name) || text(preferred_username) || text(email).split('@', 1)[0] || 'Listener').slice(0, LONGEST_NAME);

const labelOf = ({ email, preferred_username, name, sub }: oauth.IDToken): string =>
  text(email) || text(preferred_username) || text(name) || sub;

function isOf(domains: readonly string[], { email, email_verified }: oauth.IDToken): boolean {
  const domain = /^[^@\s]+@([^@\s]+)$/.exec(text(email))?.[1]?.toLowerCase();
  return email_verified === true && domain !== undefined && domains.some((known) => known.toLowerCase() === domain);
}
