import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { memberBytes } from '../../sources/archive.ts';
import { openRepository } from '../open.ts';
import { exportListener } from './export-zip.ts';

test('lists with all their versions come whole, however long and whatever their titles are made of', () =>
  withTemporary(async (dir) => {
    const repository = await openRepository(dir);
    const { id } = await repository.listeners.add({ name: 'Ada' });
    const songs = Array.from({ length: 3000 }, (_, i) => ({
      song: `spotify:track:${i}`,
      title: '🎵'.repeat(30 + (i % 7)),
      artists: [`A${i}`],
    }));
    const { lists } = repository;
    const list = await lists.save(id, { name: 'Long', songs });
    await lists.save(id, { id: list.id, name: 'Long', songs: songs.slice(1) });
    await lists.save(id, { name: 'Empty', songs: [] });
    const zip = join(dir, 'all.zip');
    await pipeline(await exportListener(repository, id), createWriteStream(zip));
    const chunks: Uint8Array[] = [];
    for await (const chunk of memberBytes(zip, 'lists.jsonl', true)) chunks.push(chunk);
    const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
    const expected = [];
    for (const one of (await lists.page(id, { limit: 10 })).items) {
      const versions = [];
      for (const { version } of await lists.versions(id, one.id))
        versions.push(await lists.version(id, one.id, version));
      expected.push(JSON.stringify({ ...one, versions }));
    }
    assert.deepEqual(lines, expected);
    assert.equal(lines.length, 2);
    await repository.close();
  }));
