const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** 1 for the bytes at which the plain part of a text ends: quote, backslash, control characters. */
const ENDS_PLAIN = Uint8Array.from({ length: 256 }, (_, c) => (c < 0x20 || c === QUOTE || c === BACKSLASH ? 1 : 0));

/** Thrown by JsonBytes where the text is no JSON, or not of the form that its reader looks for. */
export class Unexpected extends Error {}

/**
 * Walks through JSON as bytes without making objects: the caller says what it looks for, and gets places in the bytes.
 * It accepts exactly the JSON of RFC 8259 (a depth of 64 is enough for what it reads). Several times the speed of JSON.parse
 * where most texts are repetitions that need not become strings.
 */
export class JsonBytes {
  readonly bytes: Uint8Array;
  at: number;
  /** The last text read: bytes[from … to) between its quotes; `escaped` when it holds backslashes. */
  from = 0;
  to = 0;
  escaped = false;
  private depth = 0;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next byte that is not space; −1 at the end. */
  peek(): number {
    const { bytes } = this;
    let at = this.at;
    while (at < bytes.length) {
      const c = bytes[at]!;
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
      at++;
    }
    this.at = at;
    return at < bytes.length ? bytes[at]! : -1;
  }

  /** Reads an object: `member` is called behind each key (which is the last text) and must read its value. */
  object(member: () => void): void {
    this.open(OPEN_BRACE);
    if (this.peek() === CLOSE_BRACE) this.at++;
    else {
      do {
        this.text();
        this.expect(COLON);
        member();
      } while (this.next(CLOSE_BRACE));
    }
    this.depth--;
  }

  /**
   * The same for objects that mostly have the same keys in the same order: `members[k]` reads the value behind `keys[k]`, other members are
   * dropped. A key that stands where it is looked for (behind the one before) is compared once and not searched.
   */
  record(keys: readonly Uint8Array[], members: readonly (() => void)[]): void {
    this.open(OPEN_BRACE);
    if (this.peek() === CLOSE_BRACE) this.at++;
    else {
      let expected = 0;
      do {
        const key = this.keyIs(keys[expected]!) ? expected : this.findKey(keys);
        this.expect(COLON);
        if (key < 0) this.skip();
        else {
          members[key]!();
          expected = key + 1 < keys.length ? key + 1 : 0;
        }
      } while (this.next(CLOSE_BRACE));
    }
    this.depth--;
  }

  /** Reads an array: `element` must read each. */
  array(element: () => void): void {
    this.open(OPEN_BRACKET);
    if (this.peek() === CLOSE_BRACKET) this.at++;
    else {
      do element();
      while (this.next(CLOSE_BRACKET));
    }
    this.depth--;
  }

  isText(): boolean {
    return this.peek() === QUOTE;
  }

  /** Reads a text; its place is then in from, to, escaped. */
  text(): void {
    if (this.peek() !== QUOTE) throw new Unexpected();
    const { bytes } = this;
    const end = bytes.length;
    let at = this.at + 1;
    this.from = at;
    this.escaped = false;
    for (;;) {
      while (at < end && ENDS_PLAIN[bytes[at]!] === 0) at++;
      const c = at < end ? bytes[at] : 0;
      if (c === QUOTE) break;
      if (c !== BACKSLASH) throw new Unexpected();
      this.escaped = true;
      at = this.escape(at + 1);
    }
    this.to = at;
    this.at = at + 1;
  }

  /** Reads a number, or any other value as NaN. */
  numberOrNaN(): number {
    const c = this.peek();
    if (c !== MINUS && !(c >= 0x30 && c <= 0x39)) {
      this.skip();
      return Number.NaN;
    }
    const start = this.at;
    const { bytes } = this;
    let value = 0;
    let at = start;
    while (bytes[at]! >= 0x30 && bytes[at]! <= 0x39) value = value * 10 + bytes[at++]! - 0x30;
    const ends = bytes[at] === COMMA || bytes[at] === CLOSE_BRACE || bytes[at] === 0x0a || bytes[at] === 0x20;
    if (at - start > 0 && at - start <= 15 && ends && (bytes[start] !== 0x30 || at - start === 1)) {
      this.at = at;
      return value;
    }
    this.number();
    return Number(this.slice(start, this.at));
  }

  /** Reads and drops a value. */
  skip(): void {
    switch (this.peek()) {
      case QUOTE:
        this.text();
        break;
      case OPEN_BRACE:
        this.object(() => this.skip());
        break;
      case OPEN_BRACKET:
        this.array(() => this.skip());
        break;
      case 0x74:
        this.word('true');
        break;
      case 0x66:
        this.word('false');
        break;
      case 0x6e:
        this.word('null');
        break;
      default:
        this.number();
    }
  }

  /** Whether the last text is this one of ASCII letters without escapes. */
  is(ascii: Uint8Array): boolean {
    const length = ascii.length;
    if (this.to - this.from !== length) return false;
    for (let i = 0; i < length; i++) if (this.bytes[this.from + i] !== ascii[i]) return false;
    return true;
  }

  /** The characters of the last text. */
  value(): string {
    return this.escaped
      ? (JSON.parse(this.slice(this.from - 1, this.to + 1)) as string)
      : this.slice(this.from, this.to);
  }

  /** Nothing but space may follow. */
  end(): void {
    if (this.peek() !== -1) throw new Unexpected();
  }

  /** Reads the key when it is this one, in plain letters. */
  private keyIs(key: Uint8Array): boolean {
    if (this.peek() !== QUOTE) throw new Unexpected();
    const { bytes, at } = this;
    const length = key.length;
    if (bytes[at + 1 + length] !== QUOTE) return false;
    for (let i = 0; i < length; i++) if (bytes[at + 1 + i] !== key[i]) return false;
    this.at = at + length + 2;
    return true;
  }

  /** Reads the key; its place among the keys, or −1. */
  private findKey(keys: readonly Uint8Array[]): number {
    this.text();
    if (this.escaped) throw new Unexpected();
    return keys.findIndex((key) => this.is(key));
  }

  private slice(from: number, to: number): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + from, to - from).toString('utf8');
  }

  private open(bracket: number): void {
    this.expect(bracket);
    if (++this.depth > 64) throw new Unexpected();
  }

  private expect(c: number): void {
    if (this.peek() !== c) throw new Unexpected();
    this.at++;
  }

  /** True behind a comma, false behind the closing bracket. */
  private next(close: number): boolean {
    const c = this.peek();
    this.at++;
    if (c === COMMA) return true;
    if (c === close) return false;
    throw new Unexpected();
  }

  /** Checks the escape whose letter stands at `at`; returns the place behind it. */
  private escape(at: number): number {
    const c = this.bytes[at];
    if (c === undefined) throw new Unexpected();
    if (c !== 0x75) {
      if (!'"\\/bfnrt'.includes(String.fromCharCode(c))) throw new Unexpected();
      return at + 1;
    }
    for (let i = 1; i <= 4; i++) {
      if (!/[0-9a-fA-F]/.test(String.fromCharCode(this.bytes[at + i] ?? 0))) throw new Unexpected();
    }
    return at + 5;
  }

  private number(): void {
    const { bytes } = this;
    const digits = (): void => {
      const start = this.at;
      while (bytes[this.at]! >= 0x30 && bytes[this.at]! <= 0x39) this.at++;
      if (this.at === start) throw new Unexpected();
    };
    if (bytes[this.at] === MINUS) this.at++;
    if (bytes[this.at] === 0x30) this.at++;
    else digits();
    if (bytes[this.at] === 0x2e) {
      this.at++;
      digits();
    }
    if (bytes[this.at] === 0x65 || bytes[this.at] === 0x45) {
      this.at++;
      if (bytes[this.at] === 0x2b || bytes[this.at] === MINUS) this.at++;
      digits();
    }
  }

  private word(word: string): void {
    for (let i = 0; i < word.length; i++) if (this.bytes[this.at++] !== word.charCodeAt(i)) throw new Unexpected();
  }
}
