import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { Library } from '../library/library.ts';
import { ownSongKey, playId } from '../listeners/keys.ts';
import { openHousehold } from '../listeners/personal/household.ts';
import { demo, demoBatches } from '../sources/demo/demo.ts';
import { register } from './listeners.ts';

const AT = Date.UTC(2026, 1, 3, 10);
const failsWith = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

test('plays, likes, lists and reviews of a listener are shown, searched, changed and put back from the command line', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 200, playlists: 40, seed: 4 }));
    const { vocabulary } = (await library.dataset()).tracks;
    const [first, second] = [vocabulary.id(3), vocabulary.id(4)];
    const household = openHousehold(library, undefined);
    const { listeners, plays, opinions, lists, reviews } = await household.repository();
    const { id } = await listeners.add({ name: 'Ada' });
    const harbour = { song: first, title: 'Harbour', artists: ['The Lanterns'] };
    const tide = { song: second, title: 'Tide', artists: ['Shore'] };
    await plays.add(
      id,
      [harbour, tide].map((song, i) => ({ ...song, id: playId(song.song, AT + i), at: AT + i, source: 'test' })),
    );
    const write = process.stdout.write;
    const run = async (...args: string[]): Promise<string> => {
      const said: string[] = [];
      process.stdout.write = ((text: string) => said.push(text) > 0) as typeof write;
      try {
        const program = new Command().option('-l, --library <dir>');
        register(program);
        await program.parseAsync(['--library', dir, 'listeners', ...args], { from: 'user' });
      } finally {
        process.stdout.write = write;
      }
      return said.join('');
    };
    try {
      const found = await run('plays', 'Ada', '--search', 'lantern');
      assert.match(found, /2026-02-03 10:00 .*Harbour/);
      assert.doesNotMatch(found, /Tide/);
      const play = playId(first, AT);
      assert.match(await run('plays', 'Ada', '--remove', play, '--remove', 'unknown'), /Removed 1 of 2 plays/);
      assert.doesNotMatch(await run('plays', 'Ada'), /Harbour/);
      assert.match(await run('plays', 'Ada', '--removed'), /Harbour/);
      assert.match(await run('plays', 'Ada', '--restore', play), /Restored 1 of 1/);
      const [, cursor] = /--after (\S+)/.exec(await run('plays', 'Ada', '-n', '1'))!;
      assert.match(await run('plays', 'Ada', '-n', '1', '--after', cursor!), /Harbour/);

      await run('likes', 'Ada', '--add', first);
      await run('dislikes', 'Ada', '--add', second);
      assert.match(await run('likes', 'Ada'), new RegExp(first));
      assert.equal((await opinions.songs(id, 'dislike')).length, 1);
      assert.match(await run('likes', 'Ada', '--remove', first), /Removed 1 of 1/);
      assert.equal(await run('likes', 'Ada'), 'No likes.\n');
      await assert.rejects(run('likes', 'Ada', '--add', 'no-such-song'), failsWith('NOT_FOUND'));

      await lists.save(id, { id: 'trip', name: 'Road trip', songs: [harbour] });
      await lists.save(id, { id: 'trip', name: 'Road trip', songs: [harbour, tide] });
      assert.match(await run('lists', 'Ada', '--search', 'road'), /trip +Road trip +2 +2/);
      assert.match(await run('lists', 'Ada', 'Road trip', '--versions'), /2 .* 2[\s\S]*1 .* 1/);
      assert.doesNotMatch(await run('lists', 'Ada', 'Road trip', '--version', '1'), /Tide/);
      assert.match(await run('lists', 'Ada', 'trip', '--revert', '1'), /the 1 song of version 1 again, as version 3/);
      assert.match(await run('lists', 'Ada', 'trip', '--revert', '1'), /already matches version 1/);
      await run('lists', 'Ada', 'Road trip', '--remove');
      assert.equal(await run('lists', 'Ada'), 'No saved lists yet.\n');
      await run('lists', 'Ada', 'Road trip', '--restore');
      assert.match(await run('lists', 'Ada', 'Road trip'), /Road trip, version 3\n[\s\S]*Harbour/);
      await lists.save(id, { name: 'Road trip', songs: [] });
      await assert.rejects(run('lists', 'Ada', 'Road trip'), failsWith('USAGE'));
      await assert.rejects(run('lists', 'Ada', 'Nothing'), failsWith('NOT_FOUND'));

      const own = ownSongKey('Harbor', ['Lanterns']);
      const candidates = [{ ...harbour, confidence: 0.7 }];
      await reviews.ask(id, [{ song: { song: own, title: 'Harbor', artists: ['Lanterns'] }, candidates }]);
      assert.match(
        await run('review', 'Ada'),
        /Harbor – Lanterns[\s\S]*Harbour – The Lanterns \(0\.70\)[\s\S]*1 song to settle/,
      );
      await assert.rejects(run('review', 'Ada', '--song', own), failsWith('USAGE'));
      await assert.rejects(run('review', 'Ada', '--song', own, '--choose', 'nothing'), failsWith('NOT_FOUND'));
      await run('review', 'Ada', '--song', own, '--choose', first);
      assert.equal(await run('review', 'Ada'), 'Nothing to review.\n');

      await run('rename', 'Ada', 'Countess');
      assert.match(await run('remember-lists', 'Countess', 'off'), /not remembered/);
      await assert.rejects(run('remember-lists', 'Countess', 'maybe'), failsWith('USAGE'));
    } finally {
      await household.close();
    }
  }));
