import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { people, type Review } from '../api/listeners.ts';
import { clean, count, names } from '../ui/text.ts';

/** Songs with several possible matches, each decided once. @param changed changes when there may be new ones */
export function ReviewSongs(props: { listener: string; changed: string | null }): ReactNode {
  const { listener, changed } = props;
  const client = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const busy = useRef(false);
  const [settled, setSettled] = useState(0);
  const reviews = useQuery({
    queryKey: ['reviews', listener],
    queryFn: ({ signal }) => people.reviews(listener, signal),
  });
  const { refetch } = reviews;
  useEffect(() => {
    if (changed) void refetch();
  }, [changed, refetch]);
  const settle = async ({ song }: Review, choose: string): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setRefusal(null);
    try {
      await people.settle(listener, song.song, choose);
      setSettled(settled + 1);
      await refetch();
      await client.invalidateQueries({ queryKey: ['mine', listener] });
    } catch (error) {
      setRefusal(wordsOf(error));
    } finally {
      busy.current = false;
    }
  };
  const open = reviews.data?.open ?? 0;
  if (open === 0) return settled > 0 ? <p role="status">All done. Later imports will use your answers.</p> : null;
  return (
    <div className="found">
      <h3>Which song is it?</h3>
      <p className="muted" role="status">
        {count(open, 'song')} to settle. Answers are kept for later imports.
      </p>
      {refusal && <p role="alert">{refusal}</p>}
      <ul className="reviews" aria-label="Songs to settle">
        {reviews.data?.items.map((review) => (
          <li key={review.song.song}>
            <p>
              <strong dir="auto">{clean(review.song.title, 120)}</strong>{' '}
              <span className="muted">
                {names(review.song.artists) || 'artist unknown'}
                {review.song.plays > 0 ? ` · ${count(review.song.plays, 'play')}` : ''}
              </span>
            </p>
            <div className="review-choices">
              {review.candidates.map((candidate) => (
                <button
                  key={candidate.song}
                  type="button"
                  className="button"
                  onClick={() => void settle(review, candidate.song)}
                >
                  <bdi className="song-text">
                    {clean(candidate.title, 80)}, {names(candidate.artists)}
                  </bdi>
                </button>
              ))}
              <button type="button" className="button quiet" onClick={() => void settle(review, 'none')}>
                None of these
              </button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
