import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

type Key = Awaited<ReturnType<typeof generateKeyPair>> & { readonly kid: string };

/** A person's sign-in data at the provider, and how it is to be wrong. */
export interface Person {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

export interface Faults {
  readonly nonce?: string;
  readonly audience?: string;
  readonly issuer?: string;
  /** Seconds from now until the token ends. */
  readonly expiresIn?: number;
  /** Signs with an unpublished key. */
  readonly forged?: boolean;
  /** Leaves the signature out. */
  readonly unsigned?: boolean;
  readonly noIdToken?: boolean;
}

/** An OpenID Connect provider on loopback: real keys, single-use codes, and PKCE, client secrets and redirects checked according to the standard. */
export class FakeOpenIdProvider {
  readonly clientId = 'segue';
  readonly clientSecret = 'a secret: with % and spaces';
  person: Person = { sub: 'p-1' };
  faults: Faults = {};
  /** Responds with 503 only, while it is unavailable. */
  away = false;
  redirects: string[] = [];
  readonly asked: string[] = [];
  issuer = '';
  private keys: Key[] = [];
  private readonly codes = new Map<string, URLSearchParams>();
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch(() => response.writeHead(500).end());
  });

  static async start(): Promise<FakeOpenIdProvider> {
    const provider = new FakeOpenIdProvider();
    await provider.rotate();
    await new Promise<void>((resolve) => provider.server.listen(0, '127.0.0.1', resolve));
    provider.issuer = `http://127.0.0.1:${(provider.server.address() as AddressInfo).port}`;
    return provider;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Generates new keys; the old ones are no longer published. */
  async rotate(): Promise<void> {
    const kid = randomBytes(4).toString('hex');
    this.keys = [{ ...(await generateKeyPair('RS256', { extractable: true })), kid }];
  }

  /** Acts as the person's browser: opens the address, signs in, and is redirected back. @returns the address it is redirected to */
  visit(address: string): URL {
    const asked = new URL(address);
    const { searchParams } = asked;
    if (asked.origin !== this.issuer || asked.pathname !== '/authorize') throw new Error(`not here: ${address}`);
    const redirect = searchParams.get('redirect_uri') ?? '';
    const wrong =
      (searchParams.get('client_id') !== this.clientId && 'the client') ||
      (searchParams.get('response_type') !== 'code' && 'the response type') ||
      (searchParams.get('code_challenge_method') !== 'S256' && 'PKCE') ||
      (!searchParams.get('scope')?.split(' ').includes('openid') && 'the scope') ||
      (!this.redirects.includes(redirect) && `the redirect ${redirect}`);
    if (wrong) throw new Error(`refused: ${wrong}`);
    const code = randomBytes(16).toString('hex');
    this.codes.set(code, searchParams);
    const back = new URL(redirect);
    back.searchParams.set('code', code);
    back.searchParams.set('state', searchParams.get('state') ?? '');
    return back;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = (status: number, value: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const { pathname } = new URL(request.url ?? '/', this.issuer);
    this.asked.push(pathname);
    if (this.away) return json(503, {});
    if (pathname === '/.well-known/openid-configuration')
      return json(200, {
        issuer: this.issuer,
        authorization_endpoint: `${this.issuer}/authorize`,
        token_endpoint: `${this.issuer}/token`,
        jwks_uri: `${this.issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    if (pathname === '/keys') {
      const keys: JWK[] = await Promise.all(
        this.keys.map(async ({ publicKey, kid }) => ({
          ...(await exportJWK(publicKey)),
          kid,
          alg: 'RS256',
          use: 'sig',
        })),
      );
      return json(200, { keys });
    }
    if (pathname === '/token') return this.token(request, json);
    json(404, {});
  }

  private async token(request: IncomingMessage, json: (status: number, value: object) => void): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    const [id, password] = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64')
      .toString()
      .split(':')
      .map((part) => new URLSearchParams(`x=${part}`).get('x'));
    if (id !== this.clientId || password !== this.clientSecret) return json(401, { error: 'invalid_client' });
    const code = form.get('code') ?? '';
    const asked = this.codes.get(code);
    this.codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (
      !asked ||
      challenge !== asked.get('code_challenge') ||
      form.get('redirect_uri') !== asked.get('redirect_uri') ||
      form.get('grant_type') !== 'authorization_code'
    )
      return json(400, { error: 'invalid_grant' });
    const { forged, unsigned, noIdToken } = this.faults;
    const idToken = noIdToken
      ? undefined
      : unsigned
        ? `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await this.sign(asked)).split('.')[1]}.`
        : await this.sign(asked, forged ? await generateKeyPair('RS256') : undefined);
    json(200, { access_token: 'a', token_type: 'Bearer', expires_in: 60, ...(idToken && { id_token: idToken }) });
  }

  private sign(asked: URLSearchParams, pair?: Pick<Key, 'privateKey'>): Promise<string> {
    const [key] = this.keys;
    const { nonce, audience, issuer, expiresIn = 60 } = this.faults;
    const { sub, ...claims } = this.person;
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ ...claims, nonce: nonce ?? asked.get('nonce') })
      .setProtectedHeader({ alg: 'RS256', kid: key!.kid })
      .setSubject(sub)
      .setIssuer(issuer ?? this.issuer)
      .setAudience(audience ?? this.clientId)
      .setIssuedAt(now - 5)
      .setExpirationTime(now + expiresIn)
      .sign((pair ?? key!).privateKey);
  }
}
