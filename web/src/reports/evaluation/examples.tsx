import type { ReactNode } from 'react';
import type { EvaluationReport, Example } from '../../../../src/evaluate/report/report-data.ts';
import { names } from '../../ui/text.ts';
import { classOf } from './charts.ts';
import { tellingExample } from './summary.ts';
import { Swatch } from './tables.tsx';

interface Song {
  uri: string;
  name: string;
  artists: readonly string[];
}

const SongName = ({ song }: { song: Song }): ReactNode => (
  <>
    <bdi>{song.name || song.uri}</bdi> <bdi className="muted">{names(song.artists)}</bdi>
  </>
);

/** The same queries answered by every model, with hits marked; initially open is the example that shows the best model's work best. */
export function Examples({ report }: { report: EvaluationReport }): ReactNode {
  const open = tellingExample(report.examples, report.results[0]?.model ?? '');
  return report.examples.map((example, i) => (
    <OneExample key={`${example.owner} ${example.scenario}`} report={report} example={example} open={i === open} />
  ));
}

function OneExample(props: { report: EvaluationReport; example: Example; open: boolean }): ReactNode {
  const { title, owner, scenario, seeds, seedCount, truthCount, lists } = props.example;
  return (
    <details open={props.open}>
      <summary>
        <b>
          <bdi>{title || owner}</bdi>
        </b>{' '}
        <span className="muted">
          {scenario === 'all' ? `${seedCount} seeds` : scenario}, {truthCount} held out
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: lists that scroll must be reachable by keyboard. */}
      <section className="lists" tabIndex={0} aria-label={`Recommendations for ${title || owner}`}>
        <div className="list given">
          <h3>Seeds</h3>
          {seedCount === 0 ? (
            <p className="muted">none, only the title</p>
          ) : (
            <ol>
              {seeds.map((song) => (
                <li key={song.uri}>
                  <SongName song={song} />
                </li>
              ))}
              {seedCount > seeds.length && <li className="more muted">and {seedCount - seeds.length} more</li>}
            </ol>
          )}
        </div>
        {props.report.results.map(({ model }, index) => {
          const tracks = lists.find((list) => list.model === model)?.tracks;
          if (!tracks) return null;
          return (
            <div key={model} className={`list ${classOf(index)}`}>
              <h3>
                <Swatch index={index} />
                {model}{' '}
                <span className="muted">
                  {tracks.filter((t) => t.hit).length} of {tracks.length}
                </span>
              </h3>
              <ol>
                {tracks.map((song) => (
                  <li
                    key={song.uri}
                    className={song.hit ? 'hit' : undefined}
                    title={song.hit ? 'held out: a hit' : undefined}
                  >
                    <SongName song={song} />
                  </li>
                ))}
                {tracks.length === 0 && <li className="more muted">nothing</li>}
              </ol>
            </div>
          );
        })}
      </section>
    </details>
  );
}
