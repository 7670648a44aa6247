import { throwIfCancelled } from '../../errors.ts';
import { inputName, streamInput, unreadable } from '../input.ts';
import { DEEPEST_JSON } from '../json-depth.ts';

/** Maximum number of bytes of an element. */
const LONGEST = 4 << 20;
/** Bytes of elements parsed in one call. */
const BATCH = 1 << 15;
/** Bytes scanned at a time; between two pieces, the caller may rest. */
const PIECE = 1 << 15;
const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c];

/** An element of a list and its position, from 1. */
export interface JsonElement {
  readonly value: unknown;
  readonly number: number;
}

/**
 * The elements of a JSON file that is an array, parsed and returned in batches: memory stays bounded whatever the file's size, and awaiting each element
 * would take as long as parsing it.
 * @throws SegueError FILE_UNREADABLE when it is not an array, truncated or malformed; CANCELLED
 */
export async function* jsonElements(input: string, signal?: AbortSignal): AsyncGenerator<readonly JsonElement[]> {
  const scan = new ArrayScan(input);
  let number = 0;
  for await (const chunk of streamInput(input)) {
    for (let from = 0; from < chunk.length; from += PIECE)
      for (const text of scan.push(chunk.subarray(from, from + PIECE))) {
        throwIfCancelled(signal, 'the import');
        yield parseBatch(input, text, number).map((value) => ({ value, number: ++number }));
      }
  }
  scan.end();
}

function parseBatch(input: string, text: string, before: number): readonly unknown[] {
  try {
    return JSON.parse(`[${text}]`) as unknown[];
  } catch (cause) {
    throw unreadable(input, `is damaged after entry ${before}`, 'JSON as it was exported', cause);
  }
}

/** Splits the bytes of a JSON array between its elements. Follows nesting and strings only; JSON.parse checks the rest. */
class ArrayScan {
  private readonly input: string;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private ended = false;
  private started = false;
  /** The start of an element whose end has not arrived. */
  private held: Buffer<ArrayBufferLike> = Buffer.alloc(0);

  constructor(input: string) {
    this.input = input;
  }

  /** Batches of whole elements, with commas between them. */
  push(chunk: Uint8Array): string[] {
    const texts: string[] = [];
    const before = this.held.length;
    const bytes = before === 0 ? Buffer.from(chunk) : Buffer.concat([this.held, chunk]);
    const { length } = bytes;
    let { depth, inString, escaped } = this;
    let from = 0;
    let cut = -1;
    for (let i = before; i < length; i++) {
      let c = bytes[i]!;
      if (inString) {
        if (escaped) {
          escaped = false;
          continue;
        }
        // Most bytes are in strings.
        while (c !== QUOTE && c !== BACKSLASH && ++i < length) c = bytes[i]!;
        if (c === BACKSLASH) escaped = true;
        else if (c === QUOTE) inString = false;
      } else if (c === QUOTE) inString = true;
      else if (c === COMMA) {
        if (depth !== 1) continue;
        cut = i;
        if (i - from >= BATCH) {
          texts.push(bytes.toString('utf8', from, i));
          from = i + 1;
          cut = -1;
        }
      } else if (c === OPEN || c === OPEN_LIST) {
        if (!this.started) {
          if (c !== OPEN_LIST) this.fail('holds no list');
          this.started = true;
          from = i + 1;
        } else if (depth === 0) this.fail('continues after its end');
        if (++depth > DEEPEST_JSON) this.fail(`nests deeper than ${DEEPEST_JSON} levels`);
      } else if (c === CLOSE || c === CLOSE_LIST) {
        if (depth === 0) this.fail('continues after its end');
        if (--depth === 0) {
          this.ended = true;
          texts.push(bytes.toString('utf8', from, i));
          from = i + 1;
          cut = -1;
        }
      } else if (depth === 0 && c > 0x20 && !this.mark(i, c)) this.fail('holds more than one list');
    }
    this.depth = depth;
    this.inString = inString;
    this.escaped = escaped;
    if (cut >= 0) {
      texts.push(bytes.toString('utf8', from, cut));
      from = cut + 1;
    }
    this.held = Buffer.from(bytes.subarray(from));
    if (this.held.length > LONGEST) this.fail(`has an entry of more than ${LONGEST >> 20} MB`);
    return texts.filter((text) => text.trim() !== '');
  }

  /** @throws SegueError FILE_UNREADABLE when the list was not closed */
  end(): void {
    if (!this.started) this.fail('is empty');
    if (!this.ended) throw unreadable(this.input, 'ends in the middle: it is truncated', 'a complete JSON file');
  }

  /** Whether the byte belongs to a byte order mark at the start. */
  private mark(at: number, c: number): boolean {
    return !this.started && at < 3 && (c === 0xef || c === 0xbb || c === 0xbf);
  }

  private fail(what: string): never {
    throw unreadable(this.input, what, `${inputName(this.input)} to be a list of entries in JSON`);
  }
}
