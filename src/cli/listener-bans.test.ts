import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { Library } from '../library/library.ts';
import { openHousehold } from '../listeners/personal/household.ts';
import { demo, demoBatches } from '../sources/demo/demo.ts';
import { register } from './listeners.ts';

async function run(dir: string, ...args: string[]): Promise<void> {
  const program = new Command().option('-l, --library <dir>');
  register(program);
  await program.parseAsync(['--library', dir, 'listeners', ...args], { from: 'user' });
}

test('songs, artists and genres are banned for good or for days, and allowed again', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 200, playlists: 40, seed: 4 }));
    const dataset = await library.dataset();
    const [song, artist] = [dataset.tracks.vocabulary.id(3), dataset.artists.names.get(1)];
    const genre = dataset.genres.id(0);
    const household = openHousehold(library, undefined);
    const { listeners, bans } = await household.repository();
    const { id } = await listeners.add({ name: 'Ada' });
    const write = process.stdout.write;
    const said: string[] = [];
    process.stdout.write = ((text: string) => said.push(text) > 0) as typeof write;
    try {
      await run(dir, 'ban', 'Ada', '--song', song, '--days', '30');
      await run(dir, 'ban', 'Ada', '--artist', artist.toUpperCase());
      await run(dir, 'ban', 'Ada', '--genre', genre);
      const held = await bans.active(id);
      assert.deepEqual(
        new Set(held.map(({ kind, target }) => `${kind} ${target}`)),
        new Set([`song ${song}`, `artist artist:${artist}`, `genre ${genre}`]),
      );
      const { at, until } = held.find(({ kind }) => kind === 'song')!;
      assert.equal(until! - at, 30 * 86_400_000);
      assert.ok(held.every((ban) => ban.kind === 'song' || ban.until === null));
      await run(dir, 'bans', 'Ada');
      assert.match(said.at(-1)!, new RegExp(`genre ${genre}, permanently`));
      await run(dir, 'allow', 'Ada', '--artist', artist);
      assert.equal((await bans.active(id)).length, 2);
      const refused = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;
      await assert.rejects(run(dir, 'allow', 'Ada', '--artist', artist), refused('NOT_FOUND'));
      await assert.rejects(run(dir, 'ban', 'Ada', '--artist', 'Nobody at all'), refused('NOT_FOUND'));
      await assert.rejects(run(dir, 'ban', 'Ada', '--genre', genre, '--song', song), refused('USAGE'));
      await assert.rejects(run(dir, 'ban', 'Ada'), refused('USAGE'));
    } finally {
      process.stdout.write = write;
      await household.close();
    }
  }));
