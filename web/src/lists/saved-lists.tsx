import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { addSeeds, EMPTY_QUERY } from '../state/query.ts';
import type { Session } from '../state/session.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { clean, count, dateOf } from '../ui/text.ts';
import type { SavedList } from './list-store.ts';
import { useLists } from './use-lists.ts';

/** The person's saved lists, which can be opened as seeds or deleted. */
export default function SavedLists(props: { session: Session }): ReactNode {
  const { session } = props;
  const { lists, more, owner, left, moveLeft, songs, remove } = useLists();
  const [said, setSaid] = useState<{ text: string; undo?: () => Promise<void> } | null>(null);
  const attempt = async (what: () => Promise<typeof said>): Promise<void> => {
    try {
      setSaid(await what());
    } catch (error) {
      setSaid({ text: wordsOf(error) });
    }
  };
  const open = async ({ id, title }: SavedList): Promise<null> => {
    const seeds = (await songs(id)).map((song) => ({ ...song, weight: 1 }));
    session.change((q) => addSeeds({ ...EMPTY_QUERY, model: q.model }, seeds), `Opened “${clean(title, 40)}”`);
    return null;
  };
  if (lists.length === 0 && left === 0 && !said) return null;
  return (
    <section aria-labelledby="saved-lists">
      <h2 id="saved-lists" className="label">
        {owner ? `Saved lists of ${clean(owner.name, 40)}` : 'Lists saved in this browser'}
      </h2>
      <p role="status" className="said">
        {said?.text}{' '}
        {said?.undo && (
          <button
            type="button"
            className="button"
            onClick={() => void attempt(async () => said.undo!().then(() => null))}
          >
            Undo
          </button>
        )}
      </p>
      <ul className="saved">
        {lists.map((list) => (
          <li key={list.id}>
            <button type="button" className="button quiet" onClick={() => void attempt(() => open(list))}>
              <bdi className="song-text" dir="auto">
                {clean(list.title, 50)}
              </bdi>
              <span className="muted">
                {count(list.length, 'song')}, {dateOf(list.savedAt)}
              </span>
            </button>
            <IconButton
              icon={Trash2}
              label={`Delete “${clean(list.title, 50)}”`}
              onClick={() =>
                void attempt(async () => ({
                  text: `Deleted “${clean(list.title, 50)}”.`,
                  undo: await remove(list.id),
                }))
              }
            />
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" className="button" onClick={() => session.show('mine')}>
          All saved lists
        </button>
      )}
      {owner && left > 0 && (
        <button
          type="button"
          className="button"
          onClick={() => void attempt(async () => moveLeft().then(() => ({ text: 'Moved.' })))}
        >
          Move {count(left, 'list')} from this browser to {clean(owner.name, 40)}
        </button>
      )}
    </section>
  );
}
