import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { FastifyRequest } from 'fastify';
import { SegueError } from '../../errors.ts';
import type { Account } from '../../listeners/accounts.ts';
import type { Passkey } from '../../listeners/sign-in.ts';
import { isAddress } from '../host-names.ts';
import { type Accounts, type Client, secret } from './accounts.ts';
import { originOf } from './cookie.ts';

/** The library is loaded at the first use of a passkey: most servers start without one. */
const webauthn = () => import('@simplewebauthn/server');

/** Time limit for a person to confirm in the browser, in milliseconds. */
const PATIENCE = 5 * 60_000;
/** Passkeys of one account. */
const MOST = 20;

/** The site to which a passkey is bound. */
export interface Site {
  /** Host name. */
  readonly id: string;
  readonly origin: string;
}

/** A challenge for the browser, and the state to return with its answer. */
export interface Challenge<Options> {
  readonly ceremony: string;
  readonly options: Options;
}

interface Begun {
  readonly kind: 'add' | 'sign-in';
  readonly listener: string | null;
  readonly challenge: string;
}

/** The site of a request; null where browsers do not support passkeys: at a numeric address, and without HTTPS except on this machine. */
export function siteOf(request: FastifyRequest): Site | null {
  const url = URL.parse(originOf(request));
  if (!url || isAddress(url.hostname)) return null;
  const secure = url.protocol === 'https:' || url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  return secure ? { id: url.hostname, origin: url.origin } : null;
}

/** Sign-in with passkeys (WebAuthn): adding, using and removing them. A passkey is sufficient by itself, since it requires the device's own check. */
export class Passkeys {
  private readonly accounts: Accounts;

  constructor(accounts: Accounts) {
    this.accounts = accounts;
  }

  /** The options for creating a passkey. @throws SegueError NOT_ALLOWED when there are too many */
  async beginAdding(by: Account, site: Site): Promise<Challenge<PublicKeyCredentialCreationOptionsJSON>> {
    const known = await this.of(by);
    if (known.length >= MOST)
      throw new SegueError('NOT_ALLOWED', { got: `This account has ${MOST} passkeys`, remedy: 'Remove one first' });
    const { generateRegistrationOptions } = await webauthn();
    const options = await generateRegistrationOptions({
      rpName: 'Segue',
      rpID: site.id,
      userID: new TextEncoder().encode(by.listener),
      userName: by.name,
      userDisplayName: by.name,
      attestationType: 'none',
      excludeCredentials: known.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    return this.begin({ kind: 'add', listener: by.listener, challenge: options.challenge }, options);
  }

  /** @param answer the browser's response, as JSON text @throws SegueError NOT_SIGNED_IN, ALREADY_EXISTS */
  async add(by: Account, site: Site, ceremony: string, name: string, answer: string): Promise<void> {
    const begun = await this.take(ceremony, 'add');
    if (begun.listener !== by.listener) throw refused();
    const { verifyRegistrationResponse } = await webauthn();
    const { registrationInfo } = await tried(() =>
      verifyRegistrationResponse({
        response: parsed<RegistrationResponseJSON>(answer),
        expectedChallenge: begun.challenge,
        expectedOrigin: site.origin,
        expectedRPID: site.id,
        requireUserVerification: true,
      }),
    );
    if (!registrationInfo) throw refused();
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    const store = await this.accounts.store();
    await store.addPasskey({
      id,
      listener: by.listener,
      name: name.trim() || 'Passkey',
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports,
      createdAt: this.accounts.now(),
    });
    await this.accounts.record('passkey-added', by.listener, '');
  }

  /** The options for signing in with any passkey for this site. @throws SegueError TOO_MANY_TRIES */
  async beginSigningIn(site: Site, client: Client): Promise<Challenge<PublicKeyCredentialRequestOptionsJSON>> {
    this.accounts.countTry(client);
    const { generateAuthenticationOptions } = await webauthn();
    const options = await generateAuthenticationOptions({ rpID: site.id, userVerification: 'required' });
    return this.begin({ kind: 'sign-in', listener: null, challenge: options.challenge }, options);
  }

  /** @param answer the browser's response, as JSON text @returns the id of a new session @throws SegueError NOT_SIGNED_IN */
  async signIn(site: Site, ceremony: string, answer: string, client: Client): Promise<string> {
    try {
      const account = await this.check(site, ceremony, answer);
      this.accounts.forgiveTry(client);
      return await this.accounts.enter(account, client);
    } catch (error) {
      await this.accounts.record('sign-in-refused', null, client.address);
      throw error;
    }
  }

  private async check(site: Site, ceremony: string, answer: string): Promise<Account> {
    const begun = await this.take(ceremony, 'sign-in');
    const response = parsed<AuthenticationResponseJSON>(answer);
    const store = await this.accounts.store();
    const known = typeof response.id === 'string' ? await store.passkey(response.id) : null;
    if (!known) throw refused();
    const { verifyAuthenticationResponse } = await webauthn();
    const { verified, authenticationInfo } = await tried(() =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: begun.challenge,
        expectedOrigin: site.origin,
        expectedRPID: site.id,
        requireUserVerification: true,
        credential: {
          id: known.id,
          publicKey: new Uint8Array(Buffer.from(known.publicKey, 'base64url')),
          counter: known.counter,
        },
      }),
    );
    const account = await store.byListener(known.listener);
    if (!verified || !account) throw refused();
    // Two uses with the same counter reveal a copied key.
    if (!(await store.usePasskey(known.id, authenticationInfo.newCounter, this.accounts.now()))) throw refused();
    return account;
  }

  async of({ listener }: Account): Promise<Passkey[]> {
    return (await this.accounts.store()).passkeys(listener);
  }

  /** @throws SegueError NOT_ALLOWED when it is the last way to sign in */
  async remove(by: Account, id: string): Promise<void> {
    if (await (await this.accounts.store()).removePasskey(by.listener, id))
      await this.accounts.record('passkey-removed', by.listener, '');
  }

  private async begin<Options>(begun: Begun, options: Options): Promise<Challenge<Options>> {
    const ceremony = secret();
    const now = this.accounts.now();
    await (await this.accounts.store()).begin(ceremony, JSON.stringify(begun), now, now + PATIENCE);
    return { ceremony, options };
  }

  /** Takes the started ceremony, once. @throws SegueError NOT_SIGNED_IN */
  private async take(ceremony: string, kind: Begun['kind']): Promise<Begun> {
    const data = await (await this.accounts.store()).take(ceremony, this.accounts.now());
    const begun = data === null ? null : (JSON.parse(data) as Begun);
    if (begun?.kind !== kind) throw refused();
    return begun;
  }
}

/** @throws SegueError NOT_SIGNED_IN */
function parsed<T>(text: string): T {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as T;
  } catch {
    // No browser sends this.
  }
  throw refused();
}

/** The library's error says why a response is invalid, which people cannot do anything about. */
async function tried<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw refused(cause);
  }
}

const refused = (cause?: unknown): SegueError =>
  new SegueError('NOT_SIGNED_IN', {
    got: 'The passkey was not accepted',
    remedy: 'Try again, or sign in another way',
    cause,
  });
