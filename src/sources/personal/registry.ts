import { appleActivity } from './apple-activity.ts';
import { appleLibrary } from './apple-library.ts';
import { exportify } from './exportify.ts';
import type { Glimpse, PersonalFormat } from './format.ts';
import { itunesLibrary } from './itunes-library.ts';
import { jspf } from './jspf.ts';
import { lastfmGhan } from './lastfm-ghan.ts';
import { lastfmPlain } from './lastfm-plain.ts';
import { lastfmStats } from './lastfm-stats.ts';
import { listenbrainzFeedback } from './listenbrainz-feedback.ts';
import { listenbrainzListens } from './listenbrainz-listens.ts';
import { listenbrainzUser } from './listenbrainz-user.ts';
import { m3u } from './m3u.ts';
import { plainText } from './plain-text.ts';
import { pls } from './pls.ts';
import { spotifyExtended } from './spotify-extended.ts';
import { spotifyHistory } from './spotify-history.ts';
import { spotifyLibrary } from './spotify-library.ts';
import { spotifyPlaylists } from './spotify-playlists.ts';
import { transferTable } from './transfer-table.ts';
import { xspf } from './xspf.ts';
import { youtubeHistory } from './youtube-history.ts';
import { youtubeHistoryPage } from './youtube-history-page.ts';
import { youtubeLibrary } from './youtube-library.ts';
import { youtubePlaylist } from './youtube-playlist.ts';

/** Every format of personal exports, one line each; the first that recognises a file reads it, so the particular come before the general. */
export const PERSONAL_FORMATS: readonly PersonalFormat[] = [
  spotifyExtended,
  spotifyHistory,
  spotifyLibrary,
  spotifyPlaylists,
  exportify,
  appleActivity,
  appleLibrary,
  itunesLibrary,
  youtubeHistory,
  youtubeHistoryPage,
  youtubeLibrary,
  youtubePlaylist,
  lastfmGhan,
  lastfmStats,
  lastfmPlain,
  listenbrainzUser,
  listenbrainzListens,
  listenbrainzFeedback,
  jspf,
  xspf,
  pls,
  m3u,
  transferTable,
  plainText,
];

/** The format of a file by its contents; null if unknown. */
export const formatOf = (file: Glimpse): PersonalFormat | null =>
  PERSONAL_FORMATS.find((format) => format.recognises(file)) ?? null;
