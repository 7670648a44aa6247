import { createWriteStream } from 'node:fs';

/** How to write an export of any size; `rows` is the number that a reader should count. */
interface LargeExport {
  readonly format: string;
  readonly file: string;
  readonly head: string;
  readonly row: (i: number) => string;
  readonly tail: string;
  /** What a reader yields for n rows: songs of playlists, or rows of this kind. */
  readonly yields: 'play' | 'like' | 'songs';
}

const START = Date.UTC(2010, 0, 1);
const SONGS = 50_000;

const at = (i: number): number => START + i * 240_000;
const iso = (i: number): string => `${new Date(at(i)).toISOString().slice(0, 19)}Z`;
const song = (i: number): number => (i * 7919) % SONGS;
const title = (i: number): string => `A Song about Number ${song(i)}`;
const artist = (i: number): string => `The Artist ${song(i) % 4001}`;
const album = (i: number): string => `Album, the ${song(i) % 9001}th`;
const uri = (i: number): string => `spotify:track:${String(song(i)).padStart(22, 'a')}`;
const video = (i: number): string => String(song(i)).padStart(11, 'v');
const mbid = (i: number): string => `11111111-2222-3333-4444-${String(song(i)).padStart(12, '0')}`;
const each =
  (make: (i: number) => object) =>
  (i: number): string =>
    `${i === 0 ? '' : ','}${JSON.stringify(make(i))}`;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');
const lastfmDate = (i: number): string => {
  const d = new Date(at(i));
  return `${two(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}, ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
};
const page = (i: number): string => {
  const d = new Date(at(i));
  const when = `${MONTHS[d.getUTCMonth()]} ${d.getUTCDate()}, ${d.getUTCFullYear()}, ${d.getUTCHours() % 12 || 12}:${two(d.getUTCMinutes())}:00 ${d.getUTCHours() < 12 ? 'AM' : 'PM'} UTC`;
  return `<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell"><p class="mdl-typography--title">YouTube Music<br></p></div><div class="content-cell mdl-typography--body-1">Watched <a href="https://music.youtube.com/watch?v=${video(i)}">${title(i)}</a><br><a href="https://www.youtube.com/channel/x">${artist(i)} - Topic</a><br>${when}<br></div><div class="content-cell mdl-typography--body-1 mdl-typography--text-right"></div><div class="content-cell mdl-typography--caption"><b>Products:</b> YouTube</div></div></div>`;
};

/** Every format of which a person may have a large file; ListenBrainz's account file is a single object. */
export const LARGE_EXPORTS: readonly LargeExport[] = [
  {
    format: 'spotify-extended',
    file: 'Streaming_History_Audio_2024_1.json',
    head: '[',
    row: each((i) => ({
      ts: iso(i),
      platform: 'Some OS 12 API 32',
      ms_played: 200_000,
      conn_country: 'XX',
      ip_addr: '203.0.113.7',
      master_metadata_track_name: title(i),
      master_metadata_album_artist_name: artist(i),
      master_metadata_album_album_name: album(i),
      spotify_track_uri: uri(i),
      reason_end: 'trackdone',
      skipped: false,
      incognito_mode: false,
    })),
    tail: ']',
    yields: 'play',
  },
  {
    format: 'spotify-history',
    file: 'StreamingHistory_music_0.json',
    head: '[',
    row: each((i) => ({
      endTime: iso(i).slice(0, 16).replace('T', ' '),
      artistName: artist(i),
      trackName: title(i),
      msPlayed: 200_000,
    })),
    tail: ']',
    yields: 'play',
  },
  {
    format: 'spotify-library',
    file: 'YourLibrary.json',
    head: '{"tracks":[',
    row: each((i) => ({ artist: artist(i), album: album(i), track: title(i), uri: uri(i) })),
    tail: '],"albums":[],"bannedTracks":[],"bannedArtists":[]}',
    yields: 'like',
  },
  {
    format: 'spotify-playlists',
    file: 'Playlist1.json',
    head: '{"playlists":[{"name":"Everything","lastModifiedDate":"2024-03-01","items":[',
    row: each((i) => ({
      track: { trackName: title(i), artistName: artist(i), albumName: album(i), trackUri: uri(i) },
      episode: null,
      addedDate: iso(i).slice(0, 10),
    })),
    tail: '],"description":null}]}',
    yields: 'songs',
  },
  {
    format: 'exportify',
    file: 'everything.csv',
    head: '"Track URI","Track Name","Album Name","Artist Name(s)","Release Date","Duration (ms)","Added By","Added At"\n',
    row: (i) => `${uri(i)},"${title(i)}","${album(i)}","${artist(i)}",2020,200000,someone,${iso(i)}\n`,
    tail: '',
    yields: 'songs',
  },
  {
    format: 'apple-activity',
    file: 'Apple Music Play Activity.csv',
    head: 'Event Type,Song Name,Album Name,Artist Name,Media Type,Play Duration Milliseconds,Event End Timestamp,End Reason Type,Media Duration In Milliseconds\n',
    row: (i) =>
      `PLAY_END,"${title(i)}","${album(i)}","${artist(i)}",AUDIO,200000,${iso(i)},NATURAL_END_OF_TRACK,200000\n`,
    tail: '',
    yields: 'play',
  },
  {
    format: 'apple-library',
    file: 'Apple Music Library Tracks.json',
    head: '[',
    row: each((i) => ({
      'Content Type': 'Song',
      'Track Identifier': i + 1,
      Title: title(i),
      Artist: artist(i),
      Album: album(i),
      'Track Play Count': 1 + (i % 9),
      'Last Played Date': iso(i),
      'Date Added To Library': '2009-03-01T00:00:00Z',
    })),
    tail: ']',
    yields: 'play',
  },
  {
    format: 'itunes-library',
    file: 'Library.xml',
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><dict><key>Major Version</key><integer>1</integer><key>Tracks</key><dict>',
    row: (i) =>
      `<key>${i + 1}</key><dict><key>Track ID</key><integer>${i + 1}</integer><key>Name</key><string>${title(i)}</string><key>Artist</key><string>${artist(i)}</string><key>Album</key><string>${album(i)}</string><key>Play Count</key><integer>3</integer><key>Play Date UTC</key><date>${iso(i)}</date></dict>\n`,
    tail: '</dict><key>Playlists</key><array></array></dict></plist>',
    yields: 'play',
  },
  {
    format: 'youtube-history',
    file: 'watch-history.json',
    head: '[',
    row: each((i) => ({
      header: 'YouTube Music',
      title: `Watched ${title(i)}`,
      titleUrl: `https://music.youtube.com/watch?v=${video(i)}`,
      subtitles: [{ name: `${artist(i)} - Topic`, url: 'https://www.youtube.com/channel/x' }],
      time: iso(i),
      products: ['YouTube'],
    })),
    tail: ']',
    yields: 'play',
  },
  {
    format: 'youtube-history-page',
    file: 'watch-history.html',
    head: '<html><head><style>.mdl-x{}</style></head><body>',
    row: page,
    tail: '</body></html>',
    yields: 'play',
  },
  {
    format: 'youtube-library',
    file: 'music library songs.csv',
    head: 'Video ID,Song Title,Album Title,Artist Name 1\n',
    row: (i) => `${video(i)},"${title(i)}","${album(i)}","${artist(i)}"\n`,
    tail: '',
    yields: 'like',
  },
  {
    format: 'youtube-playlist',
    file: 'Everything-videos.csv',
    head: 'Video ID,Playlist Video Creation Timestamp\n',
    row: (i) => `${video(i)},${iso(i).slice(0, 19)}+00:00\n`,
    tail: '',
    yields: 'songs',
  },
  {
    format: 'lastfm-ghan',
    file: 'recenttracks-someone-1700000000.csv',
    head: 'uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n',
    row: (i) => `"${at(i) / 1000}","${lastfmDate(i)}","${artist(i)}","","${album(i)}","","${title(i)}","${mbid(i)}"\n`,
    tail: '',
    yields: 'play',
  },
  {
    format: 'lastfm-stats',
    file: 'lastfmstats-someone.csv',
    head: 'Artist;Album;AlbumId;Track;Date#someone\n',
    row: (i) => `"${artist(i)}";"${album(i)}";"";"${title(i)}";"${at(i)}"\n`,
    tail: '',
    yields: 'play',
  },
  {
    format: 'lastfm-plain',
    file: 'someone.csv',
    head: '',
    row: (i) => `"${artist(i)}","${album(i)}","${title(i)}","${lastfmDate(i)}"\n`,
    tail: '',
    yields: 'play',
  },
  {
    format: 'listenbrainz-listens',
    file: '3.jsonl',
    head: '',
    row: (i) =>
      `${JSON.stringify({ listened_at: at(i) / 1000, user_name: 'someone', track_metadata: { artist_name: artist(i), track_name: title(i), release_name: album(i), additional_info: { submission_client: 'a player' }, mbid_mapping: { recording_mbid: mbid(i) } } })}\n`,
    tail: '',
    yields: 'play',
  },
  {
    format: 'listenbrainz-feedback',
    file: 'feedback.jsonl',
    head: '',
    row: (i) =>
      `${JSON.stringify({ recording_msid: 'm', recording_mbid: mbid(i), score: 1, created: at(i) / 1000 })}\n`,
    tail: '',
    yields: 'like',
  },
  {
    format: 'jspf',
    file: 'everything.jspf',
    head: '{"playlist":{"title":"Everything","track":[',
    row: each((i) => ({
      title: title(i),
      creator: artist(i),
      album: album(i),
      identifier: [`https://musicbrainz.org/recording/${mbid(i)}`],
    })),
    tail: ']}}',
    yields: 'songs',
  },
  {
    format: 'xspf',
    file: 'everything.xspf',
    head: '<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/"><title>Everything</title><trackList>',
    row: (i) =>
      `<track><title>${title(i)}</title><creator>${artist(i)}</creator><album>${album(i)}</album><duration>200000</duration></track>\n`,
    tail: '</trackList></playlist>',
    yields: 'songs',
  },
  {
    format: 'pls',
    file: 'everything.pls',
    head: '[playlist]\n',
    row: (i) => `File${i + 1}=/music/${artist(i)}/${song(i)}.mp3\nTitle${i + 1}=${artist(i)} - ${title(i)}\n`,
    tail: 'Version=2\n',
    yields: 'songs',
  },
  {
    format: 'm3u',
    file: 'everything.m3u8',
    head: '#EXTM3U\n',
    row: (i) => `#EXTINF:200,${artist(i)} - ${title(i)}\n/music/${artist(i)}/${song(i)}.mp3\n`,
    tail: '',
    yields: 'songs',
  },
  {
    format: 'transfer-table',
    file: 'tidal.csv',
    head: 'Track name,Artist name,Album,Playlist name,Type,ISRC\n',
    row: (i) => `"${title(i)}","${artist(i)}","${album(i)}",Everything,Playlist,\n`,
    tail: '',
    yields: 'songs',
  },
  {
    format: 'plain-text',
    file: 'everything.txt',
    head: '',
    row: (i) => `${artist(i)} - ${title(i)}\n`,
    tail: '',
    yields: 'songs',
  },
];

/** Writes an export of at least this many bytes; @returns its number of rows. */
export async function writeLarge(
  { head, row, tail }: Pick<LargeExport, 'head' | 'row' | 'tail'>,
  path: string,
  bytes: number,
): Promise<number> {
  const out = createWriteStream(path);
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  };
  await write(head);
  let written = head.length;
  let rows = 0;
  while (written < bytes) {
    const chunk: string[] = [];
    for (let i = 0; i < 1000 && written < bytes; i++) {
      const text = row(rows++);
      written += text.length;
      chunk.push(text);
    }
    await write(chunk.join(''));
  }
  await write(tail);
  await new Promise<void>((resolve, reject) => out.end((error?: Error | null) => (error ? reject(error) : resolve())));
  return rows;
}
