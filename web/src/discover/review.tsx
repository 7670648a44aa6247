import { type ReactNode, useState } from 'react';
import type { ResolvedLine } from '../api/types.ts';
import type { Seed } from '../state/query.ts';
import { Sheet } from '../ui/sheet.tsx';
import { clean, count, names } from '../ui/text.ts';
import { seedOf } from './intake.ts';

/** Lines shown initially; further ones are left out unless searched for individually. */
const SHOWN = 200;

/** The lines of a list without a sure match, each with the nearest songs and the option to skip it. */
export default function Review(props: {
  sure: Seed[];
  unsure: ResolvedLine[];
  onDone: (seeds: Seed[]) => void;
  onClose: () => void;
}): ReactNode {
  const [choice, setChoice] = useState<ReadonlyMap<number, string>>(
    () => new Map(props.unsure.flatMap((line) => (line.track ? [[line.line, line.track.uri]] : []))),
  );
  const chosen = props.unsure.flatMap((line) => {
    const uri = choice.get(line.line);
    const track = [line.track, ...line.suggestions].find((t) => t?.uri === uri);
    return track ? [seedOf(track)] : [];
  });
  const total = props.sure.length + chosen.length;
  return (
    <Sheet
      title={`${count(props.unsure.length, 'line needs', 'lines need')} a check`}
      onClose={props.onClose}
      foot={
        <>
          <button type="button" className="button" onClick={props.onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            disabled={total === 0}
            onClick={() => props.onDone([...props.sure, ...chosen])}
          >
            Add {count(total, 'song')}
          </button>
        </>
      }
    >
      <p className="muted">
        {count(props.sure.length, 'song')} matched. {props.unsure.length === 1 ? 'This line has' : 'These lines have'}{' '}
        no confident match: pick a song, or skip it.
      </p>
      <ol className="review">
        {props.unsure.slice(0, SHOWN).map((line) => {
          const options = [
            ...(line.track ? [line.track] : []),
            ...line.suggestions.filter((s) => s.uri !== line.track?.uri),
          ];
          return (
            <li key={line.line}>
              <label>
                <span className="song-text" dir="auto">
                  {clean(line.text, 120)}
                </span>
                <select
                  value={choice.get(line.line) ?? ''}
                  onChange={(event) => setChoice(new Map(choice).set(line.line, event.target.value))}
                >
                  <option value="">{options.length === 0 ? 'no match' : 'skip'}</option>
                  {options.map((track) => (
                    <option key={track.uri} value={track.uri}>
                      {clean(track.name, 60)} · {names(track.artists)}
                    </option>
                  ))}
                </select>
              </label>
            </li>
          );
        })}
      </ol>
      {props.unsure.length > SHOWN && (
        <p className="muted">{count(props.unsure.length - SHOWN, 'more line')} skipped.</p>
      )}
    </Sheet>
  );
}
