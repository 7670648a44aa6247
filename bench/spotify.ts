import { spotifyWorld } from '../test/support/spotify-world.ts';
import { type Bench, lineOf, once, processorTime } from './harness.ts';

const SAVED = 10_000;

export const spotify: Bench = {
  id: 'spotify',
  title:
    'A Spotify account: 10,000 saved tracks read from the fake (goal ≤ 60 s), then the first lists (goal ≤ 1 s); --value = a library to copy',
  async run({ values: [from], say }) {
    say('making the world');
    const models = ['popularity', 'track-neighbours', 'als', 'clusters'];
    const world = await spotifyWorld(models, { tracks: 20_000, playlists: 4000, from });
    try {
      const { fake, engine, connected, app } = world;
      fake.checks = false;
      const of = engine.current.dataset.tracks.count;
      fake.saved = Array.from({ length: SAVED }, (_, i) => ({
        added_at: new Date(Date.UTC(2026, 5, 1) - i * 3_600_000).toISOString(),
        track: world.track((i * 7) % of),
      }));
      fake.top = Array.from({ length: 50 }, (_, i) => world.track((i * 11) % of));
      // Warm up what a running server would have ready.
      await app.inject({ method: 'POST', url: '/api/recommendations', payload: { n: 10 } });
      await app.inject({ method: 'POST', url: '/api/recommendations', payload: { n: 10, model: 'clusters' } });
      const id = await world.signIn();
      say('reading the account');
      const before = processorTime();
      const sync = await once(() => connected.connections.sync(id));
      const busy = processorTime() - before;
      const requests = fake.requests.length;
      const forYou = await once(() => app.inject({ url: '/api/listeners/alice/for-you' }));
      const clusters = await once(() => app.inject({ url: '/api/listeners/alice/by-cluster' }));
      fake.requests = [];
      const again = await once(() => connected.connections.sync(id));
      return [
        lineOf('first sync of 10,000 saved tracks', [sync], {
          rate: `${requests} requests, ${(busy / 1000).toFixed(1)} s of processor time, the fake's included`,
          goal: { text: '≤ 60 s', met: sync <= 60_000 },
        }),
        lineOf('for you, the first time after it', [forYou], { goal: { text: '≤ 1 s', met: forYou <= 1000 } }),
        lineOf('fifty by cluster', [clusters], { goal: { text: '≤ 1 s', met: clusters <= 1000 } }),
        lineOf('sync with nothing new', [again], { rate: `${fake.requests.length} requests` }),
      ];
    } finally {
      await world.close();
    }
  },
};
