import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonBytes, Unexpected } from './json-bytes.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Builds the value with the walker, as JSON.parse does. */
function build(text: string): unknown {
  const json = new JsonBytes(bytesOf(text));
  const value = read(json);
  json.end();
  return value;
}

function read(json: JsonBytes): unknown {
  const c = json.peek();
  if (c === 0x7b) {
    const object: Record<string, unknown> = {};
    json.object(() => {
      const key = json.value();
      Object.defineProperty(object, key, { value: read(json), enumerable: true, configurable: true, writable: true });
    });
    return object;
  }
  if (c === 0x5b) {
    const array: unknown[] = [];
    json.array(() => array.push(read(json)));
    return array;
  }
  if (json.isText()) {
    json.text();
    return json.value();
  }
  const start = json.at;
  const number = json.numberOrNaN();
  if (!Number.isNaN(number)) return number;
  const word = new TextDecoder().decode(json.bytes.subarray(start, json.at));
  return word === 'null' ? null : word === 'true';
}

test('reads every JSON text to what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
      const spaced = JSON.stringify(JSON.parse(text), null, indent);
      assert.deepEqual(build(spaced), JSON.parse(spaced));
    }),
    { numRuns: 300 },
  );
  for (const text of [
    '-0.5e+3',
    '[1e2,0,-0,12345678901234567890,0.1]',
    '"\\u00e9\\ud83d\\ude00\\n\\/"',
    ' { "a" : [ ] } ',
  ]) {
    assert.deepEqual(build(text), JSON.parse(text));
  }
});

test('refuses what JSON.parse refuses: any character of a text left out, doubled or replaced', () => {
  const valid = '{"a":[1,-2.5e3,true,false,null,"x\\n\\u00e9"],"b":{"c":""}}';
  const broken = fc.tuple(
    fc.nat(valid.length - 1),
    fc.constantFrom('', '"', ',', '}', ']', '\\', '0', 'x', '\u0001', '.', '-'),
    fc.boolean(),
  );
  fc.assert(
    fc.property(broken, ([at, put, keep]) => {
      const text = valid.slice(0, at) + put + valid.slice(keep ? at : at + 1);
      let expected: unknown;
      let fails = false;
      try {
        expected = JSON.parse(text);
      } catch {
        fails = true;
      }
      if (fails) assert.throws(() => build(text), Unexpected, text);
      else assert.deepEqual(build(text), expected);
    }),
    { numRuns: 3000 },
  );
  assert.throws(() => build('['.repeat(100) + ']'.repeat(100)), Unexpected);
});
