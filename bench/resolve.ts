import { Resolver } from '../src/listeners/resolve/resolver.ts';
import { Rng } from '../src/math/rng.ts';
import { ExactSongs } from '../src/recommend/search/exact-songs.ts';
import { trackPrior } from '../src/recommend/search/track-search.ts';
import { demoDataset } from '../src/sources/demo/demo-dataset.ts';
import type { SongName } from '../src/sources/personal/rows.ts';
import { damagedPlays, matchQuality } from '../test/support/damaged-names.ts';
import { type Bench, lineOf, once, peakMemory } from './harness.ts';

const TRACKS = 200_000;
const NAMES = 100_000;
/** The peer is slow, so it gets only the first names. */
const PEER_NAMES = 2000;

export const resolving: Bench = {
  id: 'resolve',
  title: `${NAMES.toLocaleString('en')} distinct names of an export matched to ${TRACKS.toLocaleString('en')} songs (goal: ≤ 20 s, the index included)`,
  async run({ seed, say }) {
    say('making the demo world');
    const dataset = demoDataset({ tracks: TRACKS, playlists: 2000, seed });
    const distinct = new Map<string, ReturnType<typeof damagedPlays>[number]>();
    const rng = new Rng(seed);
    while (distinct.size < NAMES)
      for (const play of damagedPlays(dataset, NAMES, rng)) {
        if (distinct.size < NAMES) distinct.set(`${play.song.artists.join('\n')}\n${play.song.title}`, play);
      }
    const plays = [...distinct.values()];
    let resolver: Resolver | null = null;
    say('building the index');
    const build = await once(async () => (resolver = await Resolver.build(dataset, async () => {})));
    const measured = async (count: number, match: (song: SongName) => number): Promise<[number, string]> => {
      const some = plays.slice(0, count);
      const found = new Map<SongName, number>();
      const took = await once(() => {
        for (const { song } of some) found.set(song, match(song));
      });
      const { recall, precision } = matchQuality(dataset, some, (song) => found.get(song)!);
      return [took, `${(100 * recall).toFixed(2)} % matched, ${(100 * precision).toFixed(2)} % of them right`];
    };
    say('matching');
    const [own, quality] = await measured(NAMES, (song) => resolver!.resolve(song).track);
    const exact = await ExactSongs.build(dataset, trackPrior(dataset), async () => {});
    const [peer, peerQuality] = await measured(
      PEER_NAMES,
      (song) => exact.find(song.artists[0] ?? '', song.title)?.track ?? -1,
    );
    return [
      lineOf('building the index', [build], { quality: `peak memory ${(peakMemory() / 2 ** 20).toFixed(0)} MB` }),
      lineOf('resolver', [own], {
        rate: `${((1000 * NAMES) / own).toFixed(0)} names/s`,
        quality,
        goal: { text: '≤ 20 s with the index', met: build + own <= 20_000 },
      }),
      lineOf('peer: the page’s exact matching of pasted lines', [peer], {
        rate: `${((1000 * PEER_NAMES) / peer).toFixed(0)} names/s`,
        quality: peerQuality,
      }),
    ];
  },
};
