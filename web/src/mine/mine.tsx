import { type ReactNode, useState } from 'react';
import { ForListener } from '../people/for-listener.tsx';
import { hasHandedOver } from '../shell/dropped-files.ts';
import { BacktestView } from './backtest.tsx';
import { Bring } from './bring.tsx';
import { ListeningView } from './listening.tsx';
import './mine.css';
import { Bans, Likes, Lists, Plays } from './shelves.tsx';

const SHELVES = [
  ['plays', 'Plays', 'Plays', Plays],
  ['likes', 'Likes', 'Likes', Likes],
  ['bans', 'Bans', 'Bans', Bans],
  ['lists', 'Lists', 'Lists', Lists],
  ['bring', 'Bring music', 'Bring your music', Bring],
  ['listening', 'Listening', 'Your listening', ListeningView],
  ['known', 'Accuracy', 'How well does Segue know you?', BacktestView],
] as const;

/** A person's stored data: searchable, and everything can be removed. */
export default function Mine(): ReactNode {
  const [shelf, setShelf] = useState<string>(() => (hasHandedOver() ? 'bring' : 'plays'));
  const [, , title, Shelf] = SHELVES.find(([id]) => id === shelf)!;
  return (
    <ForListener title="My music" offer="Import what you’ve played, liked and banned, and see what Segue makes of it.">
      {({ id }) => (
        <>
          <fieldset className="segments shelves">
            <legend className="visually-hidden">What to show</legend>
            {SHELVES.map(([key, label]) => (
              <label key={key}>
                <input type="radio" name="shelf" checked={key === shelf} onChange={() => setShelf(key)} />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
          <section aria-labelledby="shelf">
            <h2
              id="shelf"
              className={
                shelf === 'known' || shelf === 'bring' || shelf === 'listening' ? undefined : 'visually-hidden'
              }
            >
              {title}
            </h2>
            <Shelf listener={id} onBring={() => setShelf('bring')} />
          </section>
        </>
      )}
    </ForListener>
  );
}
