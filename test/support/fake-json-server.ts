import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** How one request fails. `lost` carries the request out but drops the connection before the response. */
export type Failure = FakeAnswer | 'drop' | 'lost';

/** Base of the stateful fakes of JSON services: records every request and fails as instructed. */
export abstract class FakeJsonServer {
  readonly requests: FakeRequest[] = [];
  /** Called before each request. */
  fail: (request: FakeRequest) => Failure | undefined = () => undefined;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  abstract answer(request: FakeRequest): FakeAnswer;

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Number of requests with a method and path. */
  calls(method: string, path: RegExp): number {
    return this.requests.filter((r) => r.method === method && path.test(r.url.pathname)).length;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const asked: FakeRequest = {
      method: request.method ?? 'GET',
      url: new URL(request.url ?? '/', this.address),
      headers: request.headers,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
    this.requests.push(asked);
    const failure = this.fail(asked);
    if (failure === 'lost') this.answer(asked);
    if (failure === 'drop' || failure === 'lost') {
      response.destroy();
      return;
    }
    const { status = 200, headers = {}, body } = failure ?? this.answer(asked);
    const bytes = Buffer.isBuffer(body) ? body : body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(bytes);
  }
}

/** Fails the first n requests selected by a test. */
export function failing(n: number, failure: Failure, which: (request: FakeRequest) => boolean = () => true) {
  let left = n;
  return (request: FakeRequest): Failure | undefined => (which(request) && left-- > 0 ? failure : undefined);
}
