import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiError, api, wordsOf } from '../api/client.ts';
import type { Library } from '../api/types.ts';
import { bytes, clean } from '../ui/text.ts';

const n = (value: number): string => value.toLocaleString('en');

/** Where the songs came from, under what licence, and what was rejected. */
export function Provenance(props: { library: Library }): ReactNode {
  const { library } = props;
  const cleaning = Object.entries(library.cleaning).filter(([, count]) => count > 0);
  return (
    <div className="provenance">
      {library.provenance.map((source, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: imports are kept in their order.
        <article key={i} className="source">
          <h3>{clean(source.source)}</h3>
          <dl>
            <div>
              <dt className="label">Licence</dt>
              <dd>{clean(source.licence)}</dd>
            </div>
            <div>
              <dt className="label">Origin</dt>
              <dd>{clean(source.citation, 400)}</dd>
            </div>
            <div>
              <dt className="label">Imported</dt>
              <dd>
                {[
                  [source.taken.tracks, 'songs'],
                  [source.taken.artists, 'artists'],
                  [source.taken.owners, 'playlists'],
                  [source.taken.entries, 'entries'],
                ]
                  .filter(([count]) => count)
                  .map(([count, what]) => `${n(count as number)} ${what}`)
                  .join(', ') || 'nothing'}
              </dd>
            </div>
          </dl>
          {source.rejections.length > 0 && (
            <table>
              <caption>Skipped rows</caption>
              <thead>
                <tr>
                  <th scope="col">Cause</th>
                  <th scope="col">Rows</th>
                  <th scope="col">First seen at</th>
                </tr>
              </thead>
              <tbody>
                {source.rejections.map((row) => (
                  <tr key={row.cause}>
                    <td>{clean(row.cause)}</td>
                    <td>{n(row.count)}</td>
                    <td dir="auto">{clean(row.firstAt, 80)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {source.files.length > 0 && (
            <details>
              <summary>
                {n(source.files.length)} {source.files.length === 1 ? 'file' : 'files'},{' '}
                {bytes(source.files.reduce((sum, f) => sum + f.bytes, 0))}
              </summary>
              <ul className="files">
                {source.files.slice(0, 200).map((file) => (
                  <li key={file.name + file.sha256}>
                    <span>{clean(file.name)}</span> <code>{file.sha256.slice(0, 12)}</code> {bytes(file.bytes)}{' '}
                    <Forget file={file.name} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </article>
      ))}
      {cleaning.length > 0 && (
        <article className="source">
          <h3>Cleaned up</h3>
          <table>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">Times</th>
              </tr>
            </thead>
            <tbody>
              {cleaning.map(([rule, count]) => (
                <tr key={rule}>
                  <td>{rule}</td>
                  <td>{n(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </article>
      )}
    </div>
  );
}

/** Asks for confirmation: forgetting a file can only be undone by importing it again. */
function Forget(props: { file: string }): ReactNode {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const [refusal, setRefusal] = useState('');
  const forget = async (): Promise<void> => {
    setRefusal('');
    setAsked(false);
    setForgetting(true);
    try {
      await api.forgetImport(props.file);
      // The import section follows the job; the list of files is fetched again when it ends.
      void client.invalidateQueries({ queryKey: ['jobs'] });
    } catch (error) {
      setRefusal(error instanceof ApiError ? wordsOf(error) : 'The file couldn’t be removed.');
      setForgetting(false);
    }
  };
  if (forgetting) return <span role="status">Forgetting…</span>;
  return (
    <>
      <button type="button" className="button quiet" onClick={() => (asked ? void forget() : setAsked(true))}>
        {asked ? `Forget ${clean(props.file, 60)} for good?` : 'Forget'}
        {!asked && <span className="visually-hidden"> {clean(props.file, 60)}</span>}
      </button>
      {refusal && <span role="alert">{refusal}</span>}
    </>
  );
}
