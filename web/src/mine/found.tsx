import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { OwnImport } from '../api/listeners.ts';
import { useSession } from '../shell/session-context.ts';
import { count } from '../ui/text.ts';

type Report = NonNullable<OwnImport['report']>;

const KINDS: readonly [key: string, one: string, many: string][] = [
  ['plays', 'play', 'plays'],
  ['skips', 'skip', 'skips'],
  ['known', 'play you already had', 'plays you already had'],
  ['likes', 'like', 'likes'],
  ['dislikes', 'dislike', 'dislikes'],
  ['bans', 'ban', 'bans'],
  ['lists', 'list', 'lists'],
];

/** Results of an import, by kind and by cause. */
export function Found({ listener, report }: { listener: string; report: Report }): ReactNode {
  const session = useSession();
  const client = useQueryClient();
  const { counts, songs, rejections, aside } = report;
  const kinds = KINDS.filter(([key]) => (counts[key] ?? 0) > 0);
  return (
    <div className="found">
      <h3>What was found</h3>
      <p className="muted">{report.formats.join(' · ')}</p>
      <dl className="counts">
        {kinds.map(([key, one, many]) => (
          <div key={key}>
            <dd>{(counts[key] ?? 0).toLocaleString('en')}</dd>
            <dt>{counts[key] === 1 ? one : many}</dt>
          </div>
        ))}
      </dl>
      {kinds.length === 0 && <p>Nothing new: you already had all of it.</p>}
      <p>
        {count(songs.matched, 'song')} matched to this library
        {songs.unsure > 0 ? `, ${songs.unsure.toLocaleString('en')} to check` : ''}.
        {songs.unknown > 0 &&
          ` ${count(songs.unknown, 'song is', 'songs are')} not in it yet. Your history keeps them, and Segue looks again when the library grows.`}
      </p>
      {(rejections.length > 0 || aside.length > 0) && (
        <details>
          <summary>What was left out</summary>
          <ul>
            {rejections.map(({ cause, count: n }) => (
              <li key={cause}>
                {n.toLocaleString('en')} × {cause}
              </li>
            ))}
            {aside.slice(0, 20).map((name) => (
              <li key={name}>{name}: unknown format</li>
            ))}
          </ul>
        </details>
      )}
      <button
        type="button"
        className="button primary"
        onClick={() => {
          void client.invalidateQueries({ queryKey: ['listener', listener] });
          session.show('home');
        }}
      >
        See your lists
      </button>
    </div>
  );
}
