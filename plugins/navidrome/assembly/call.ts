import { base64, begin, bits, byte, position, text } from './bytes';
import { alloc, config, httpSend, inputByte, inputLength, lengthOf, loadByte, setError, setOutput, storeByte } from './env';

/** Copies the bytes written since `from` into a block that the host can read. */
function blockSince(from: usize): u64 {
  const length = position() - from;
  const block = alloc(length);
  for (let i: usize = 0; i < length; i++) storeByte(block + <u64>i, load<u8>(from + i));
  return block;
}

function blockOf(value: string): u64 {
  const from = position();
  text(value);
  return blockSince(from);
}

/** Writes a block as the content of a JSON string. */
function quoted(block: u64): void {
  const length = block == 0 ? 0 : lengthOf(block);
  for (let i: u64 = 0; i < length; i++) {
    const code = loadByte(block + i);
    if (code == 34 || code == 92) byte(92);
    if (code >= 32) byte(code);
  }
}

/** Navidrome's request, as base64. */
function question(): void {
  const length = inputLength();
  for (let i: u64 = 0; i < length; i += 3) {
    const left = length - i;
    base64(inputByte(i), left > 1 ? inputByte(i + 1) : 0, left > 2 ? inputByte(i + 2) : 0, left);
  }
}

/** First or last position of a text in a block; `length` if it does not occur. */
function find(block: u64, length: u64, wanted: string, last: bool): u64 {
  const n = <u64>wanted.length;
  let found = length;
  for (let i: u64 = 0; i + n <= length; i++) {
    let j: u64 = 0;
    while (j < n && loadByte(block + i + j) == <u32>wanted.charCodeAt(<i32>j)) j++;
    if (j < n) continue;
    found = i;
    if (!last) break;
  }
  return found;
}

const BODY = '"body":"';

/** Decodes the answer's body, its last part, into the output. */
function forward(block: u64, length: u64): bool {
  let i = find(block, length, BODY, true);
  if (i == length) return false;
  const from = position();
  let gathered: u32 = 0;
  let count = 0;
  for (i += BODY.length; i < length; i++) {
    const six = bits(loadByte(block + i));
    if (six == 64) break;
    gathered = (gathered << 6) | six;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    byte((gathered >> count) & 255);
  }
  const output = blockSince(from);
  setOutput(output, lengthOf(output));
  return true;
}

/** Forwards Navidrome's question to Segue and returns the answer. @returns whether Segue answered */
export function ask(path: string): bool {
  begin();
  const url = config(blockOf('url'));
  const token = config(blockOf('token'));
  if (url == 0 || lengthOf(url) == 0) return false;
  const from = position();
  text('{"request":{"method":"POST","url":"');
  quoted(url);
  text('/api/plugins/navidrome/');
  text(path);
  text('","headers":{"Content-Type":"application/json","Authorization":"Token ');
  quoted(token);
  text('"},"noFollowRedirects":true,"timeoutMs":8000,"body":"');
  question();
  text('"}}');
  const answered = httpSend(blockSince(from));
  if (answered == 0) return false;
  const length = lengthOf(answered);
  return find(answered, length, '"statusCode":200', false) < length && forward(answered, length);
}

/** Answers with a text of ours. */
export function answer(value: string): i32 {
  begin();
  const output = blockOf(value);
  setOutput(output, lengthOf(output));
  return 0;
}

/** Fails with an error that Navidrome recognises. */
export function fail(value: string): i32 {
  begin();
  setError(blockOf(value));
  return 1;
}
