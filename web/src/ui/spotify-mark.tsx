import type { ReactNode } from 'react';
import { spotifyPage } from '../export/formats.ts';
import { clean } from './text.ts';

/** The mark that links to Spotify wherever its metadata is shown; nothing for songs from elsewhere. */
export function SpotifyLink(props: { uri: string; name: string }): ReactNode {
  const page = spotifyPage(props.uri);
  if (!page) return null;
  return (
    <a className="spotify-link" href={page} target="_blank" rel="noreferrer noopener" title="Open in Spotify">
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <circle cx="12" cy="12" r="11" fill="currentColor" />
        <path
          d="M5.6 8.6c4.4-1.3 9-.9 12.8 1.2M6.3 12.3c3.7-1 7.5-.6 10.6 1.1M7 15.7c3-.8 6-.5 8.6.9"
          fill="none"
          stroke="var(--bg)"
          strokeWidth="1.7"
          strokeLinecap="round"
        />
      </svg>
      <span className="visually-hidden">Open {clean(props.name, 60)} in Spotify</span>
    </a>
  );
}
