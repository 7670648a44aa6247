import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { test } from 'node:test';
import { isAddress } from './host-names.ts';

test('numeric addresses are recognised as the platform does, and lookalikes are not', () => {
  const addresses = ['127.0.0.1', '10.0.0.5', '255.255.255.255', '[::1]', '[fd00::1]', '[::ffff:1.2.3.4]'];
  const others = ['256.1.1.1', '1.2.3', '01.2.3.4', '0x7f.0.0.1', '2130706433', '1.2.3.4.5', '[::1', '[::g]', '[:::]'];
  const names = ['localhost', 'evil.example', '1.2.3.4.evil.example', '', '[]', '127.0.0.1@evil.example'];
  for (const name of [...addresses, ...others, ...names])
    assert.equal(isAddress(name), isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0, name);
  for (const name of addresses) assert.ok(isAddress(name), name);
});
