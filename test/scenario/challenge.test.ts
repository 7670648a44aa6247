import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Rng } from '../../src/math/rng.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const TRACKS = 900;
const STYLES = 6;
/** A track that only held-out playlists contain, so that the library lacks it. */
const UNHEARD = 'spotify:track:neverheard';

interface Run {
  code: number;
  out: string;
  err: string;
}

const segue = (...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { maxBuffer: 2 ** 26 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
  });

interface Entry {
  track_uri: string;
  track_name: string;
  artist_name: string;
}

const entry = (t: number): Entry => ({
  track_uri: `spotify:track:t${t}`,
  track_name: `Song ${t}`,
  artist_name: `Artist ${Math.floor(t / 9)}`,
});

/** Playlists in one of six styles, each with a title of its style, so that it is known what a model can find. */
function playlists(count: number, seed: number): { name: string; style: number; tracks: Entry[] }[] {
  const rng = new Rng(seed);
  return Array.from({ length: count }, () => {
    const style = rng.below(STYLES);
    const members = rng.sample(TRACKS / STYLES, 30 + rng.below(20));
    return { name: `style ${style}`, style, tracks: Array.from(members, (m) => entry(style * (TRACKS / STYLES) + m)) };
  });
}

describe('the playlist challenge from the command line', () => {
  let dir = '';
  const file = (name: string): string => join(dir, name);
  const library = (): string[] => ['--library', file('library')];

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'segue-challenge-'));
    await mkdir(file('data'));
    const slice = playlists(300, 1).map(({ name, tracks }, pid) => ({
      name,
      pid,
      num_tracks: tracks.length,
      num_followers: 1,
      tracks: tracks.map((track, pos) => ({ pos, ...track })),
    }));
    await writeFile(file('data/mpd.slice.0-999.json'), JSON.stringify({ info: {}, playlists: slice }));

    const truth: string[] = [];
    const set = playlists(24, 2).map(({ name, tracks }, i) => {
      const seeds = [0, 1, 5, 10][i % 4]!;
      const at = i % 8 < 4 ? tracks.map((_, pos) => pos) : [...tracks.keys()].reverse();
      const given = at.slice(0, seeds).sort((a, b) => a - b);
      truth.push(`${1000 + i},${at.slice(seeds).map((pos) => tracks[pos]!.track_uri)}`);
      return {
        pid: 1000 + i,
        // The scenario without titles, and a title that nobody uses.
        ...(i % 4 !== 3 && { name: i === 8 ? '¿quién? ✨ zzqx' : name }),
        num_samples: seeds,
        num_holdouts: tracks.length - seeds,
        tracks: given.map((pos) => ({ pos, ...(i === 9 ? { ...entry(0), track_uri: UNHEARD } : tracks[pos]!) })),
      };
    });
    await writeFile(file('challenge_set.json'), JSON.stringify({ date: '2018-01-16', version: 'v1', playlists: set }));
    await writeFile(file('truth.csv'), truth.join('\n'));
    const imported = await segue(...library(), 'import', 'mpd', file('data'));
    assert.equal(imported.code, 0, imported.err);
    const trained = await segue(...library(), 'train', 'playlist-neighbours', 'popularity');
    assert.equal(trained.code, 0, trained.err);
  });
  after(() => rm(dir, { recursive: true }));

  test('train → submit → verify → score: every playlist answered, unknown seeds and titles too', async () => {
    const out = file('submission.csv.gz');
    const made = await segue(...library(), 'submit', file('challenge_set.json'), '--out', out, '--team', 'The Team');
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, /24 playlists answered by playlist-neighbours, verified; \d+ lists .* 1 seeds? unknown/);
    const lines = gunzipSync(await readFile(out))
      .toString()
      .trim()
      .split('\n');
    assert.equal(lines[0], 'team_info,The Team,nobody@example.com');
    assert.ok(!lines.join().includes(UNHEARD));
    const checked = await segue('verify', out, file('challenge_set.json'));
    assert.deepEqual([checked.code, checked.out.includes('is valid: 24 playlists')], [0, true]);
    const popular = file('popular.csv');
    assert.equal(
      (await segue(...library(), 'submit', file('challenge_set.json'), '--out', popular, '--model', 'popularity')).code,
      0,
    );

    const scored = await segue(
      ...[...library(), 'evaluate', '--run', out, '--run', popular, '--truth', file('truth.csv')],
      ...['--with-library', '--json'],
    );
    assert.equal(scored.code, 0, scored.err);
    const [best, worse] = JSON.parse(scored.out).results;
    assert.equal(best.model, 'submission.csv.gz');
    // Of 150 tracks of a style, about 40 are correct: precision cannot exceed that, and popularity finds a sixth of it.
    const of = (r: typeof best): number => r.values['r-precision-challenge'].mean;
    assert.ok(of(best) > 1.5 * of(worse) && of(best) < 0.6, `${of(best)}, ${of(worse)}`);
  });

  test('wrong input gives one sentence, and nothing is written', async () => {
    await writeFile(file('broken.json'), '{"playlists": [{"pid": 1, "tracks": [{"uri": "x"}]}]}');
    await writeFile(file('short.csv'), `team_info,a,b@example.com\n1000,${entry(1).track_uri}\n`);
    const set = file('challenge_set.json');
    const out = file('never.csv');
    const cases: [string[], number, RegExp][] = [
      [['submit', file('broken.json'), '--out', out], 5, /playlist number 1 .*track_uri/],
      [['submit', file('missing.json'), '--out', out], 5, /missing\.json/],
      [['submit', set, '--out', out, '--model', 'als'], 3, /not trained/],
      [['submit', set, '--out', out, '--model', 'nobody'], 2, /no model "nobody"/],
      [['submit', set, '--out', out, '--team', 'a,b'], 2, /without commas/],
      [['submit', set, '--out', join(dir, 'no such folder', 'x.csv')], 5, /no such folder/],
      [['submit', set, '--out', dir], 5, /is a folder/],
      [['submit', set], 2, /--out/],
      [['verify', file('short.csv'), set], 5, /line 2: 1 tracks .*23 playlists .* have no answer/],
      [['verify', set, set], 5, /line 1: the first line is not team_info/],
    ];
    for (const [args, code, message] of cases) {
      const run = await segue(...library(), ...args);
      assert.match(run.err, message, args.join(' '));
      assert.equal(run.code, code, `${args.join(' ')}: ${run.err}`);
      assert.doesNotMatch(run.err, /\n\s+at /);
    }
    await assert.rejects(readFile(out));
  });
});
