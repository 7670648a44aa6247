import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { artistsCell, booleanCell, isUnknown, listCell, numberCell, uriCell, yearCell } from './cells.ts';

test('lists as Python writes them, with and without brackets', () => {
  assert.deepEqual(listCell(`['A', "B's", 'C\\'s', "D \\"e\\""]`), ['A', "B's", "C's", 'D "e"']);
  assert.deepEqual(listCell(`['Sigur R\\xf3s', 'Bj\\u00f6rk', 'a, b']`), ['Sigur Rós', 'Björk', 'a, b']);
  assert.deepEqual(listCell('[]'), []);
  assert.deepEqual(listCell('nan'), []);
  assert.deepEqual(listCell('hindustani classical, tabla'), ['hindustani classical', 'tabla']);
  assert.deepEqual(listCell('pop;dance pop'), ['pop', 'dance pop']);
  assert.deepEqual(listCell("'a', 'b',"), ['a', 'b']);
  assert.deepEqual(listCell("['open, never closed"), ["['open", 'never closed']);
});

test("every list of texts comes back from Python's notation", () => {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const texts = fc.array(
    fc.string({ minLength: 1 }).filter((text) => text === text.trim() && text !== ''),
    { minLength: 1 },
  );
  fc.assert(fc.property(texts, (list) => assert.deepEqual(listCell(`[${list.map(quote).join(', ')}]`), list)));
});

test('artists of one cell: names with a comma of their own stay whole, guests are apart', () => {
  assert.deepEqual(artistsCell('Lady Gaga, Bruno Mars'), ['Lady Gaga', 'Bruno Mars']);
  assert.deepEqual(artistsCell('Tyler, The Creator, Kali Uchis'), ['Tyler, The Creator', 'Kali Uchis']);
  assert.deepEqual(artistsCell('Earth, Wind & Fire'), ['Earth, Wind & Fire']);
  assert.deepEqual(artistsCell('Crosby, Stills, Nash & Young'), ['Crosby, Stills, Nash & Young']);
  assert.deepEqual(artistsCell('Drake, Simon & Garfunkel'), ['Drake, Simon & Garfunkel']);
  assert.deepEqual(artistsCell('Fat Joe Featuring Lil Wayne'), ['Fat Joe', 'Lil Wayne']);
  assert.deepEqual(artistsCell('A;B'), ['A', 'B']);
  assert.deepEqual(artistsCell('Crosby\\, Stills, Nash'), ['Crosby, Stills', 'Nash']);
  assert.deepEqual(artistsCell(`['A, B', "C"]`), ['A, B', 'C']);
  assert.deepEqual(artistsCell(''), []);
});

test('a list of one plain name is read as the same list in other quotes is', () => {
  for (const name of [
    'Ann',
    'A, B; C',
    ' Ann ',
    ' ',
    'Ann feat. Bob',
    'Ann (ft. Bob)',
    'Ann feather',
    'nan',
    '[x]',
    'a\nb',
  ])
    assert.deepEqual(artistsCell(`['${name}']`), artistsCell(`["${name}"]`), name);
});

test('ids become URIs', () => {
  const id = '4GiXBCUF7H6YfNQsnBRIzl';
  assert.equal(uriCell(id, 'track', 'x'), `spotify:track:${id}`);
  assert.equal(uriCell(` spotify:track:${id} `, 'track', 'x'), `spotify:track:${id}`);
  assert.equal(uriCell(`https://open.spotify.com/track/${id}?si=1`, 'track', 'x'), `spotify:track:${id}`);
  assert.equal(uriCell(`https://open.spotify.com/intl-de/artist/${id}`, 'track', 'x'), `spotify:artist:${id}`);
  assert.equal(uriCell('123', 'track', 'x'), 'x:123');
  assert.equal(uriCell('NaN', 'track', 'x'), undefined);
});

test('numbers, truth values and years', () => {
  assert.equal(numberCell(' 0.5 '), 0.5);
  assert.equal(numberCell('0,578'), 0.578);
  assert.equal(numberCell('4.42E-06'), 4.42e-6);
  for (const unknown of ['', 'NaN', 'None', 'undefined', 'n/a', 'abc', '1,2,3'])
    assert.ok(Number.isNaN(numberCell(unknown)), unknown);
  assert.deepEqual(['1', 'True', '0', 'FALSE', '', '2'].map(booleanCell), [
    true,
    true,
    false,
    false,
    undefined,
    undefined,
  ]);
  assert.deepEqual(
    ['1999', '2005-12', '2005-12-14', '2018.0', '2023-01-02 00:00:00 UTC'].map(yearCell),
    [1999, 2005, 2005, 2018, 2023],
  );
  assert.ok(Number.isNaN(yearCell('unknown')) && Number.isNaN(yearCell('19991')));
});

test('cells that are told by their first characters are what the whole rules say', () => {
  const part = fc.constantFrom(
    ...['', 'nan', 'NaN', 'Null', 'none', 'na', 'n/a', 'undefined', '-', 'u', 'N', ' ', '\u00a0', '1', '1999', '12,5'],
    ...[':', 'a:', '0123456789ABCDEFGHIJKL', 'https://open.spotify.com/track/', 'é', '\n', ',', '.5'],
  );
  const unknown = /^(?:|nan|null|none|na|n\/a|undefined|-)$/i;
  fc.assert(
    fc.property(fc.array(part, { maxLength: 3 }), (parts) => {
      const cell = parts.join('');
      const text = cell.trim();
      assert.equal(isUnknown(cell), unknown.test(text));
      assert.equal(yearCell(cell), Number(/^\s*(\d{4})(?:\D|$)/.exec(cell)?.[1] ?? Number.NaN));
      const number = Number(/^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text);
      assert.equal(numberCell(cell), text !== '' && Number.isFinite(number) ? number : Number.NaN);
      if (!text.includes('http'))
        assert.equal(
          uriCell(cell, 'album', 'p'),
          unknown.test(text)
            ? undefined
            : /^\w{22}$/.test(text)
              ? `spotify:album:${text}`
              : /^[a-z][a-z0-9.-]*:./i.test(text)
                ? text
                : `p:${text}`,
        );
    }),
    { numRuns: 500 },
  );
});
