import { type FakeAnswer, FakeJsonServer, type FakeRequest } from './fake-json-server.ts';

export interface FakeScrobble {
  at: number;
  title: string;
  artist: string;
}

/** Last.fm's reading methods, with their quirks: an inclusive bound, numbers as strings, a list of one without the list, errors with status 200. */
export class FakeLastFm extends FakeJsonServer {
  key = 'the-key-of-alice';
  plays: FakeScrobble[] = [];
  loved: { title: string; artist: string }[] = [];
  nowPlaying = false;

  answer({ url }: FakeRequest): FakeAnswer {
    const p = url.searchParams;
    if (p.get('api_key') !== this.key) return { status: 403, body: { error: 10, message: 'Invalid API key' } };
    if (p.get('user') !== 'alice') return { status: 404, body: { error: 6, message: 'User not found' } };
    const limit = Number(p.get('limit') ?? 50);
    const from = (Number(p.get('page') ?? 1) - 1) * limit;
    switch (p.get('method')) {
      case 'user.getInfo':
        return { body: { user: { name: 'alice', playcount: String(this.plays.length) } } };
      case 'user.getRecentTracks': {
        const until = Number(p.get('to') ?? Number.POSITIVE_INFINITY);
        const all = this.plays.filter(({ at }) => at <= until);
        const page = all
          .slice(from, from + limit)
          .map((play): object => ({ ...trackOf(play), date: { uts: String(play.at), '#text': '' } }));
        if (this.nowPlaying)
          page.unshift({ ...trackOf({ title: 'Now', artist: 'Somebody' }), '@attr': { nowplaying: 'true' } });
        return {
          body: {
            recenttracks: {
              track: page.length === 1 ? page[0] : page,
              '@attr': { user: 'alice', total: String(all.length) },
            },
          },
        };
      }
      case 'user.getLovedTracks': {
        const page = this.loved
          .slice(from, from + limit)
          .map(({ title, artist }) => ({ name: title, artist: { name: artist }, date: { uts: '1700000000' } }));
        return { body: { lovedtracks: { track: page, '@attr': { total: String(this.loved.length) } } } };
      }
      default:
        return { status: 400, body: { error: 3, message: 'Invalid Method' } };
    }
  }
}

const trackOf = ({ title, artist }: { title: string; artist: string }) => ({
  name: title,
  artist: { '#text': artist, mbid: '' },
  album: { '#text': '', mbid: '' },
  mbid: '',
});
