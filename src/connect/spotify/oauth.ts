import * as oauth from 'oauth4webapi';
import { SegueError } from '../../errors.ts';
import type { BegunSignIn, Secrets } from '../contract.ts';
import type { Outgoing } from '../network.ts';
import { SCOPES, type SpotifyOrigins } from './origins.ts';

/** How long before its end a token is renewed, in milliseconds. */
const EARLY_MS = 60_000;

/**
 * Authorization Code with PKCE (RFC 6749, RFC 7636). The client is public: it has an id and no secret.
 * @param redirect an address of this machine, `http://127.0.0.1:<port>/…`; Spotify refuses the word localhost
 */
export async function beginSignIn(origins: SpotifyOrigins, clientId: string, redirect: string): Promise<BegunSignIn> {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const address = new URL('/authorize', origins.accounts);
  const parameters = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirect,
    scope: SCOPES,
    code_challenge_method: 'S256',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    state,
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return { address: address.href, state, kept: { verifier, state } };
}

/** Asks for tokens, through the one way out of the machine. */
export class TokenEndpoint {
  private readonly server: oauth.AuthorizationServer;
  private readonly client: oauth.Client;
  private readonly options: oauth.TokenEndpointRequestOptions;
  private readonly now: () => number;

  constructor(origins: SpotifyOrigins, clientId: string, outgoing: Outgoing, now: () => number) {
    this.server = { issuer: origins.accounts, token_endpoint: `${origins.accounts}/api/token` };
    this.client = { client_id: clientId };
    this.now = now;
    this.options = {
      [oauth.allowInsecureRequests]: new URL(origins.accounts).hostname === '127.0.0.1',
      [oauth.customFetch]: (url, { body, headers, signal }) =>
        outgoing(new URL(url), { method: 'POST', body: body as URLSearchParams, headers, signal: signal ?? undefined }),
    };
  }

  /**
   * @param answer the query that Spotify's page came back with
   * @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER
   */
  async exchange(answer: string, given: { verifier: string; state: string; redirect: string }): Promise<Secrets> {
    try {
      const parameters = oauth.validateAuthResponse(this.server, this.client, new URLSearchParams(answer), given.state);
      const response = await oauth.authorizationCodeGrantRequest(
        this.server,
        this.client,
        oauth.None(),
        parameters,
        given.redirect,
        given.verifier,
        this.options,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(this.server, this.client, response);
      return this.secretsOf(tokens, '');
    } catch (error) {
      throw refused(error, 'Start the sign-in again');
    }
  }

  /** Fresh tokens; the old refresh token stays when no new one comes. @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER */
  async refresh(secrets: Secrets, signal?: AbortSignal): Promise<Secrets> {
    const old = secrets.refresh ?? '';
    try {
      const options = { ...this.options, ...(signal && { signal }) };
      const response = await oauth.refreshTokenGrantRequest(this.server, this.client, oauth.None(), old, options);
      const tokens = await oauth.processRefreshTokenResponse(this.server, this.client, response);
      return { ...secrets, ...this.secretsOf(tokens, old) };
    } catch (error) {
      throw refused(error, 'Sign in again; everything already read is still here');
    }
  }

  private secretsOf(tokens: oauth.TokenEndpointResponse, oldRefresh: string): Secrets {
    return {
      access: tokens.access_token,
      refresh: tokens.refresh_token ?? oldRefresh,
      expiresAt: String(this.now() + (tokens.expires_in ?? 3600) * 1000),
    };
  }
}

export const isFresh = (secrets: Secrets, now: number): boolean =>
  secrets.access !== undefined && Number(secrets.expiresAt) - EARLY_MS > now;

/** The library's errors hold the request, with its tokens: none is passed on, not even as a cause. */
function refused(error: unknown, remedy: string): SegueError {
  if (error instanceof SegueError) return error;
  if (error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied')
    return new SegueError('SIGN_IN_REFUSED', { got: 'The sign-in was declined on Spotify’s page', remedy });
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.OperationProcessingError)
    return new SegueError('SIGN_IN_REFUSED', {
      got: 'The answer does not belong to a sign-in started here',
      remedy,
    });
  if (error instanceof oauth.ResponseBodyError) {
    if (error.status >= 500)
      return new SegueError('SERVICE_AWAY', {
        got: 'Spotify’s sign-in does not work at the moment',
        remedy: 'Try again later',
      });
    if (error.error === 'invalid_grant')
      return new SegueError('SIGN_IN_REFUSED', { got: 'The sign-in to Spotify has ended', remedy });
    if (error.error === 'invalid_client')
      return new SegueError('SIGN_IN_REFUSED', {
        got: 'Spotify has no application with this client ID',
        remedy: 'Copy the client ID from the application’s page at developer.spotify.com',
      });
  }
  return new SegueError('SERVICE_ANSWER', { got: 'Spotify’s sign-in sent an unusable answer', remedy });
}
