import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jspf } from './jspf.ts';

const LIST = {
  id: 'l',
  name: 'A “list”',
  description: 'with a\nline break',
  source: 'segue',
  createdAt: 1,
  updatedAt: 1,
  removedAt: null,
  version: 1,
  length: 2,
};
const version = (songs: { song: string; title: string; artists: string[] }[]) => ({
  version: 1,
  at: 0,
  songs,
  recipe: null,
});

test('the pieces of a JSPF file are the JSON of its playlist, indented, with one piece for each song', () => {
  const songs = [
    { song: 't:1', title: 'One [1]', artists: ['Ada', 'Bob'] },
    { song: 'own:2', title: '', artists: [] },
  ];
  const playlist = {
    title: LIST.name,
    annotation: LIST.description,
    creator: 'Segue',
    date: '1970-01-01T00:00:00.000Z',
    track: [{ identifier: ['t:1'], title: 'One [1]', creator: 'Ada, Bob' }, { identifier: ['own:2'] }],
  };
  const pieces = [...jspf(LIST, version(songs))];
  assert.equal(pieces.join(''), `${JSON.stringify({ playlist }, null, 2)}\n`);
  assert.equal(pieces.length, 4);
  const empty = [...jspf(LIST, version([]))].join('');
  assert.equal(empty, `${JSON.stringify({ playlist: { ...playlist, track: [] } }, null, 2)}\n`);
});
