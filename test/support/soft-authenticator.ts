import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const text = (value: string): Buffer => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
const bytes = (value: Uint8Array): Buffer =>
  Buffer.concat([
    value.length < 24
      ? Buffer.from([0x40 + value.length])
      : value.length < 256
        ? Buffer.from([0x58, value.length])
        : Buffer.from([0x59, value.length >> 8, value.length & 0xff]),
    value,
  ]);

/** The parts of a response that are to be wrong. */
export interface Forgery {
  readonly origin?: string;
  readonly challenge?: string;
  /** The site that the device believes it is on. */
  readonly site?: string;
  /** The device did not verify its user. */
  readonly unverified?: boolean;
  readonly counter?: number;
  /** Signs with a key other than the registered one. */
  readonly key?: KeyObject;
  readonly type?: string;
}

/** A software device that holds one passkey: responds according to WebAuthn Level 2, ES256, without attestation. */
export class SoftAuthenticator {
  readonly id = randomBytes(32);
  counter = 0;
  private readonly pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly origin: string;
  private user = '';

  constructor(origin: string) {
    this.origin = origin;
  }

  /** @param options from the server @returns the JSON of `credential.toJSON()` */
  create(options: { challenge: string; rp: { id?: string }; user: { id: string } }, forgery: Forgery = {}): string {
    this.user = options.user.id;
    const { x, y } = this.pair.publicKey.export({ format: 'jwk' });
    const [one, two] = [x!, y!].map((part) => Buffer.from(part, 'base64url'));
    // COSE: kty EC2, alg ES256, crv P-256, x, y.
    const key = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytes(one!),
      Buffer.from([0x22]),
      bytes(two!),
    ]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, key]);
    const data = Buffer.concat([this.data(options.rp.id ?? '', 0x40, forgery), attested]);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      bytes(data),
    ]);
    return this.answer({
      clientDataJSON: this.client('webauthn.create', options.challenge, forgery).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  get(options: { challenge: string; rpId?: string }, forgery: Forgery = {}): string {
    this.counter++;
    const client = this.client('webauthn.get', options.challenge, forgery);
    const data = this.data(options.rpId ?? '', 0, forgery);
    const signed = sign('sha256', Buffer.concat([data, sha256(client)]), forgery.key ?? this.pair.privateKey);
    return this.answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signed.toString('base64url'),
      userHandle: this.user,
    });
  }

  private answer(response: object): string {
    const id = this.id.toString('base64url');
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }

  private client(type: string, challenge: string, forgery: Forgery): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: forgery.type ?? type,
        challenge: forgery.challenge ?? challenge,
        origin: forgery.origin ?? this.origin,
        crossOrigin: false,
      }),
    );
  }

  private data(site: string, flags: number, { site: other, unverified, counter }: Forgery): Buffer {
    const head = Buffer.alloc(37);
    sha256(other ?? site).copy(head);
    head[32] = flags | 0x01 | (unverified ? 0 : 0x04);
    head.writeUInt32BE(counter ?? this.counter, 33);
    return head;
  }
}
