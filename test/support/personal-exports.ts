/** A realistic small file of a format of personal exports. */
export interface Fixture {
  format: string;
  file: string;
  content: string;
  /** A short description of each row. */
  rows: readonly string[];
  causes?: Record<string, number>;
  /** The same with a defect that must be rejected. */
  damaged: string;
}

/** Private data in exports that must not be found in a library: addresses, programs, devices, account names. */
export const SECRETS = {
  address: '203.0.113.7',
  agent: 'SecretAgent/1.0',
  mail: 'someone.private@example.org',
  device: 'Secret-Device-4711',
} as const;

const URI = (letter: string): string => `spotify:track:${letter.repeat(22)}`;

const stream = (rest: object): object => ({
  ts: '2024-03-01T10:00:00Z',
  username: SECRETS.mail,
  platform: SECRETS.device,
  ms_played: 200_000,
  conn_country: 'XX',
  ip_addr: SECRETS.address,
  user_agent_decrypted: SECRETS.agent,
  master_metadata_track_name: 'Harbour',
  master_metadata_album_artist_name: 'The Lanterns',
  master_metadata_album_album_name: 'Shore',
  spotify_track_uri: URI('a'),
  reason_end: 'trackdone',
  skipped: false,
  incognito_mode: false,
  ...rest,
});
const AT = Date.UTC(2024, 2, 1, 10) / 1000;
const MBID = '11111111-2222-3333-4444-555555555555';
const plist = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><dict><key>Major Version</key><integer>1</integer>${body}</dict></plist>`;
const page = (body: string): string => `<html><head><style>.mdl-x{}</style></head><body>${body}</body></html>`;
const cell = (product: string, title: string, channel: string, when: string): string =>
  `<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell"><p class="mdl-typography--title">${product}<br></p></div><div class="content-cell mdl-typography--body-1">Watched <a href="https://music.youtube.com/watch?v=abcdefghijk">${title}</a><br><a href="https://www.youtube.com/channel/x">${channel}</a><br>${when}<br></div><div class="content-cell mdl-typography--body-1 mdl-typography--text-right"></div><div class="content-cell mdl-typography--caption"><b>Products:</b> YouTube</div></div></div>`;
const half = (text: string): string => text.slice(0, Math.floor(text.length * 0.6));

const EXTENDED = JSON.stringify([
  stream({}),
  stream({ ts: '2024-03-01T10:00:20Z' }),
  stream({ ts: '2024-03-01T10:05:00Z', ms_played: 4000, skipped: true }),
  stream({ ts: '2024-03-01T10:06:00Z', ms_played: 5000, skipped: null, reason_end: 'logout' }),
  stream({ ts: '2024-03-01T10:07:00Z', incognito_mode: true }),
  stream({ master_metadata_track_name: null, spotify_track_uri: null, episode_name: 'Talk' }),
  stream({ ts: 'never' }),
]);
const HISTORY = JSON.stringify([
  { endTime: '2024-03-01 10:00', artistName: 'The Lanterns', trackName: 'Harbour', msPlayed: 180000 },
  { endTime: '2024-03-01 10:01', artistName: 'The Lanterns', trackName: 'Harbour', msPlayed: 1000 },
  { endTime: '2024-03-01 10:02', podcastName: 'Talk', episodeName: '1', msPlayed: 1000000 },
]);
const LIBRARY = JSON.stringify({
  tracks: [{ artist: 'The Lanterns', album: 1989, track: 'Harbour', uri: URI('a') }],
  albums: [{ artist: 'x', album: 'y', uri: 'spotify:album:z' }],
  bannedTracks: [{ artist: 'Noise', album: 'n', track: 'Loud', uri: URI('b') }],
  bannedArtists: [{ name: 'Noise', uri: 'spotify:artist:n' }],
});
const LISTS = JSON.stringify({
  playlists: [
    {
      name: 'Trip',
      lastModifiedDate: '2024-03-01',
      items: [
        {
          track: { trackName: 'Harbour', artistName: 'The Lanterns', albumName: 'Shore', trackUri: URI('a') },
          episode: null,
          addedDate: '2024-03-01',
        },
        { track: null, episode: { episodeName: 'Talk' }, addedDate: '2024-03-01' },
      ],
      description: 'Sun &amp; sea',
    },
  ],
});
const DAY = Date.UTC(2024, 2, 1) / 1000;

export const FIXTURES: readonly Fixture[] = [
  {
    format: 'spotify-extended',
    file: 'Streaming_History_Audio_2024_1.json',
    content: EXTENDED,
    rows: [
      'account spotify 64',
      `play The Lanterns|Harbour|${URI('a')} @${AT} 200000 x1`,
      `skipped The Lanterns|Harbour|${URI('a')} @${AT + 300}`,
    ],
    causes: {
      'the same play twice': 1,
      'skipped within 30 s (kept as a weak dislike)': 1,
      'heard for less than 30 s': 1,
      'private session': 1,
      'podcast or audiobook': 1,
      'play without a valid time': 1,
    },
    damaged: half(EXTENDED),
  },
  {
    format: 'spotify-history',
    file: 'StreamingHistory_music_0.json',
    content: HISTORY,
    rows: [`play The Lanterns|Harbour @${AT} 180000 x1`],
    causes: { 'heard for less than 30 s': 1, 'podcast or audiobook': 1 },
    damaged: HISTORY.replace('}', ''),
  },
  {
    format: 'spotify-library',
    file: 'YourLibrary.json',
    content: LIBRARY,
    rows: [`loved The Lanterns|Harbour|${URI('a')} @NaN`, `ban Noise|Loud|${URI('b')}`, 'ban artist Noise'],
    causes: { 'saved albums (songs are taken)': 1 },
    damaged: half(LIBRARY),
  },
  {
    format: 'spotify-playlists',
    file: 'Playlist1.json',
    content: LISTS,
    rows: [`list "Trip" "Sun & sea" The Lanterns|Harbour|${URI('a')} @${DAY}`],
    causes: { 'podcast or audiobook': 1 },
    damaged: half(LISTS),
  },
  {
    format: 'exportify',
    file: 'road_trip.csv',
    content: `\uFEFF"Track URI","Track Name","Album Name","Artist Name(s)","Release Date","Duration (ms)","Added By","Added At"\n${URI('a')},"Harbour, at Night",Shore,"The Lanterns;Guest, Jr.",2020,200000,${SECRETS.mail},2024-03-01T10:00:00Z\n,undefined,,,,,,\n${URI('b')},Short row\n`,
    rows: [
      `list "road trip" "" The Lanterns+Guest, Jr.|Harbour, at Night|${URI('a')} @${AT}; |Short row|${URI('b')} @NaN`,
    ],
    causes: { 'row without a song': 1 },
    damaged: `"Track URI","Track Name","Artist Name(s)"\n${URI('a')},"Harbour`,
  },
  {
    format: 'exportify',
    file: 'Liked_Songs.csv',
    content: `"URI morceau","Nom","URI artistes","Artistes","URI album","Album","URI artistes album","Artistes album","Date","Image","Disque","Piste","Durée","Aperçu","Explicite","Popularité","ISRC","Ajouté par","Ajouté le"\n"${URI('a')}","Harbour","spotify:artist:x, spotify:artist:y","Earth\\, Wind, Guest","spotify:album:z","Shore","","The Lanterns","2020","","1","1","200000","","false","50","GBAAA2000001","${SECRETS.mail}","2024-03-01T10:00:00Z"\n`,
    rows: [`loved Earth, Wind+Guest|Harbour|${URI('a')}|GBAAA2000001 @${AT}`],
    damaged: `"Track URI","Track Name","Artist Name(s)"\n${URI('a')},"Harbour`,
  },
  {
    format: 'apple-activity',
    file: 'Apple Music Play Activity.csv',
    content: `Event Type,Song Name,Album Name,Artist Name,Media Type,Play Duration Milliseconds,Event End Timestamp,End Reason Type,Media Duration In Milliseconds,Client IP Address,Device Identifier,User Agent\nPLAY_END,Harbour,Shore,The Lanterns,AUDIO,200000,2024-03-01T10:00:00.500Z,NATURAL_END_OF_TRACK,200000,${SECRETS.address},${SECRETS.device},${SECRETS.agent}\nPLAY_END,Harbour,Shore,The Lanterns,AUDIO,3000,2024-03-01T10:05:00Z,TRACK_SKIPPED_FORWARDS,200000\nPLAY_START,Harbour,Shore,The Lanterns,AUDIO,,2024-03-01T10:05:00Z,,\nPLAY_END,Clip,,,VIDEO,200000,2024-03-01T10:05:00Z,,\n`,
    rows: [`play The Lanterns|Harbour @${AT} 200000 x1`, `skipped The Lanterns|Harbour @${AT + 300}`],
    causes: { 'event that ends no play': 1, video: 1, 'skipped within 30 s (kept as a weak dislike)': 1 },
    damaged: 'Event Type,Song Name,Play Duration Milliseconds\nPLAY_END,Harbour,200000\n',
  },
  {
    format: 'apple-library',
    file: 'Apple Music Library Tracks.json',
    content: JSON.stringify([
      {
        'Content Type': 'Song',
        'Track Identifier': 1,
        Title: 'Harbour',
        Artist: 'The Lanterns',
        Album: 'Shore',
        'Track Play Count': 4,
        'Last Played Date': '2024-03-01T10:00:00Z',
        'Date Added To Library': '2024-03-01T00:00:00Z',
        'Track Like Rating': 'liked',
      },
      { 'Content Type': 'Music Video', 'Track Identifier': 2, Title: 'Clip' },
    ]),
    rows: [`loved The Lanterns|Harbour @${DAY}`, `play The Lanterns|Harbour @${AT} -1 x4`],
    causes: { 'video, podcast or book': 1 },
    damaged: '[{"Content Type":"Song","Track Identifier":1,"Title":"Harbour"},',
  },
  {
    format: 'itunes-library',
    file: 'Library.xml',
    content: plist(
      '<key>Tracks</key><dict><key>7</key><dict><key>Track ID</key><integer>7</integer><key>Name</key><string>Harbour &amp; Sea</string><key>Artist</key><string>The Lanterns</string><key>Play Count</key><integer>3</integer><key>Play Date UTC</key><date>2024-03-01T10:00:00Z</date><key>Loved</key><true/></dict><key>8</key><dict><key>Track ID</key><integer>8</integer><key>Name</key><string>Talk</string><key>Podcast</key><true/></dict></dict><key>Playlists</key><array><dict><key>Name</key><string>Library</string><key>Master</key><true/><key>Playlist Items</key><array><dict><key>Track ID</key><integer>7</integer></dict></array></dict><dict><key>Name</key><string>Trip</string><key>Playlist Items</key><array><dict><key>Track ID</key><integer>7</integer></dict></array></dict></array>',
    ),
    rows: [
      'loved The Lanterns|Harbour & Sea @NaN',
      `play The Lanterns|Harbour & Sea @${AT} -1 x3`,
      'list "Trip" "" The Lanterns|Harbour & Sea @NaN',
    ],
    causes: { 'video, podcast or book': 1, 'playlist made by the program': 1 },
    damaged: plist('<key>Tracks</key><dict><key>7</key>').replace('</plist>', ''),
  },
  {
    format: 'youtube-history',
    file: 'watch-history.json',
    content: JSON.stringify([
      {
        header: 'YouTube Music',
        title: 'Watched Harbour',
        titleUrl: 'https://music.youtube.com/watch?v=abcdefghijk',
        subtitles: [{ name: 'The Lanterns - Topic', url: 'x' }],
        time: '2024-03-01T10:00:00.123Z',
      },
      {
        header: 'YouTube Music',
        title: 'The Lanterns - Night (Official Video) angesehen',
        titleUrl: 'https://music.youtube.com/watch?v=abcdefghijl',
        subtitles: [{ name: 'LanternsVEVO', url: 'x' }],
        time: '2024-03-01T10:05:00Z',
      },
      {
        header: 'YouTube',
        title: 'Watched a film',
        titleUrl: 'https://www.youtube.com/watch?v=abcdefghijm',
        time: '2024-03-01T10:06:00Z',
      },
    ]),
    rows: [
      `play The Lanterns|Harbour|youtube:video:abcdefghijk @${AT} -1 x1`,
      `play The Lanterns|Night|youtube:video:abcdefghijl @${AT + 300} -1 x1`,
    ],
    causes: { 'video outside YouTube Music': 1 },
    damaged: '[{"header":"YouTube Music","title":"Watched Harbour","titleUrl":"x","time":"2024-03-01T10:00:00Z"}',
  },
  {
    format: 'youtube-history-page',
    file: 'watch-history.html',
    content: page(
      cell('YouTube Music', 'Harbour &amp; Sea', 'The Lanterns - Topic', 'Mar 1, 2024, 11:00:00\u202fAM CET') +
        cell('YouTube', 'a film', 'x', 'Mar 1, 2024, 11:00:00\u202fAM CET') +
        cell('YouTube Music', 'Other', 'The Lanterns - Topic', '1 mars 2024 à 11:00'),
    ),
    rows: [`play The Lanterns|Harbour & Sea|youtube:video:abcdefghijk @${AT} -1 x1`],
    causes: { 'video outside YouTube Music': 1, 'play without a valid time': 1 },
    damaged: half(page(cell('YouTube Music', 'Harbour', 'The Lanterns - Topic', 'Mar 1, 2024, 10:00:00 AM UTC'))),
  },
  {
    format: 'youtube-library',
    file: 'music library songs.csv',
    content:
      'Video ID,Song Title,Album Title,Artist Name 1,Artist Name 2\nabcdefghijk,Harbour,Shore,The Lanterns,Guest\n,,,,\n',
    rows: ['saved The Lanterns+Guest|Harbour|youtube:video:abcdefghijk @NaN'],
    causes: { 'row without a song': 1 },
    damaged: 'Video ID,Song Title,Album Title,Artist Name 1\nabcdefghijk,"Harbour',
  },
  {
    format: 'youtube-playlist',
    file: 'Trip-videos.csv',
    content: 'Video ID,Playlist Video Creation Timestamp\nabcdefghijk,2024-03-01T10:00:00+00:00\n',
    rows: [`list "Trip" "" ||youtube:video:abcdefghijk @${AT}`],
    damaged: 'Video ID,Playlist Video Creation Timestamp\nabcdefghijk,"2024',
  },
  {
    format: 'lastfm-ghan',
    file: 'recenttracks-someone-1700000000.csv',
    content: `uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"${AT}","01 Mar 2024, 10:00","The Lanterns","","Shore","","Harbour","${MBID}"\n"","","The Lanterns","","Shore","","Night",""\n`,
    rows: ['account lastfm 64', `play The Lanterns|Harbour|||${MBID} @${AT} -1 x1`],
    causes: { 'playing during the export': 1 },
    damaged: `uts,utc_time,artist,track\n"${AT}","01 Mar 2024`,
  },
  {
    format: 'lastfm-stats',
    file: 'lastfmstats-someone.csv',
    content: `\uFEFFArtist;Album;AlbumId;Track;Date#${SECRETS.mail}\n"The Lanterns";"Shore";"";"Harbour";"${AT * 1000}"\n"The Lanterns";"Shore";"";"Night";""\n`,
    rows: ['account lastfm 64', `play The Lanterns|Harbour @${AT} -1 x1`],
    causes: { 'playing during the export': 1 },
    damaged: 'Artist;Album;AlbumId;Track;Date#someone\n"The Lanterns";"Shore',
  },
  {
    format: 'lastfm-plain',
    file: 'someone.csv',
    content: 'The Lanterns,"Shore, Sea",Harbour,"01 Mar 2024, 10:00"\nThe Lanterns,Shore,Night,\n',
    rows: [`play The Lanterns|Harbour @${AT} -1 x1`],
    causes: { 'playing during the export': 1 },
    damaged: 'The Lanterns,Shore,Harbour,"01 Mar 2024, 10:00"\n"The Lanterns,Shore',
  },
  {
    format: 'listenbrainz-user',
    file: 'user.json',
    content: JSON.stringify({ user_id: 4, username: SECRETS.mail }),
    rows: ['account listenbrainz 64'],
    damaged: '{"user_id": 4, "username": "som',
  },
  {
    format: 'listenbrainz-listens',
    file: 'listens/2024/3.jsonl',
    content: `${JSON.stringify({ listened_at: AT, user_name: SECRETS.mail, track_metadata: { artist_name: 'The Lanterns', track_name: 'Harbour', additional_info: { isrc: 'GB-AAA-20-00001', submission_client: SECRETS.agent, device: SECRETS.device }, recording_msid: 'm', mbid_mapping: { recording_mbid: MBID } } })}\n{"listened_at": broken\n`,
    rows: [`play The Lanterns|Harbour||GBAAA2000001|${MBID} @${AT} -1 x1`],
    causes: { 'line of another shape': 1 },
    damaged: `{"listened_at":1,"track_metadata":{"track_name":"${'x'.repeat(5 << 20)}`,
  },
  {
    format: 'listenbrainz-feedback',
    file: 'feedback.jsonl',
    content: `{"recording_msid":"m","recording_mbid":"${MBID}","score":1,"created":${AT}}\n{"recording_msid":"q","recording_mbid":"${MBID}","score":-1,"created":${AT}}\n{"recording_msid":"n","recording_mbid":null,"score":1,"created":${AT}}\n`,
    rows: [`loved |||${MBID} @${AT}`.replace('loved |||', 'loved ||||'), `disliked ||||${MBID} @${AT}`],
    causes: { 'feedback on a song that is not named': 1 },
    damaged: `{"recording_msid":"m","score":1,"x":"${'x'.repeat(5 << 20)}`,
  },
  {
    format: 'transfer-table',
    file: 'tidal.csv',
    content:
      'Track name,Artist name,Album,Playlist name,Type,ISRC\nHarbour,The Lanterns,Shore,Trip,Playlist,GBAAA2000001\nNight,The Lanterns,Shore,,Favorite,\n,The Lanterns,Shore,,Album,\n',
    rows: ['list "Trip" "" The Lanterns|Harbour||GBAAA2000001 @NaN', 'loved The Lanterns|Night @NaN'],
    causes: { 'saved albums (songs are taken)': 1 },
    damaged: 'Track name,Artist name\nHarbour,"The Lanterns',
  },
  {
    format: 'm3u',
    file: 'trip.m3u8',
    content:
      '#EXTM3U\n#PLAYLIST:Trip\n#EXTINF:200,The Lanterns - Harbour\nmusic/1.mp3\nThe Lanterns/Shore/02 Night.flac\n',
    rows: ['list "Trip" "" The Lanterns|Harbour @NaN; The Lanterns|Night @NaN'],
    damaged: '#EXTM3U\n#EXT-X-TARGETDURATION:10\n',
  },
  {
    format: 'pls',
    file: 'trip.pls',
    content:
      '[playlist]\nFile1=/m/a.mp3\nTitle1=The Lanterns - Harbour\nLength1=200\nFile2=/m/The Lanterns - Night.mp3\nNumberOfEntries=2\nVersion=2\n',
    rows: ['list "trip" "" The Lanterns|Harbour @NaN; The Lanterns|Night @NaN'],
    damaged: '[playlist]\nNumberOfEntries=2\nFile1=/m/a.mp3\n',
  },
  {
    format: 'xspf',
    file: 'trip.xspf',
    content: `<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/"><title>Trip</title><trackList><track><title>Harbour</title><creator>The Lanterns</creator><identifier>https://musicbrainz.org/recording/${MBID}</identifier><duration>200000</duration></track><track><location>file:///m/The%20Lanterns%20-%20Night.mp3</location></track></trackList></playlist>`,
    rows: [`list "Trip" "" The Lanterns|Harbour|||${MBID} @NaN; The Lanterns|Night @NaN`],
    damaged:
      '<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList><track><title>Harbour</track>',
  },
  {
    format: 'jspf',
    file: 'trip.jspf',
    content: JSON.stringify({
      playlist: {
        title: 'Trip',
        date: '2024-03-01T10:00:00Z',
        track: [
          { title: 'Harbour', creator: 'The Lanterns', identifier: [`https://musicbrainz.org/recording/${MBID}`] },
          7,
        ],
      },
    }),
    rows: [`list "Trip" "" The Lanterns|Harbour|||${MBID} @NaN`],
    causes: { 'entry without a song': 1 },
    damaged: '{"playlist":{"title":"Trip","track":[',
  },
  {
    format: 'plain-text',
    file: 'trip.txt',
    content: `# my songs\n1. The Lanterns - Harbour\r\n${URI('b')}\n`,
    rows: [`list "trip" "" The Lanterns|Harbour @NaN; ||${URI('b')} @NaN`],
    damaged: '# nothing\n# at all\n',
  },
];
