import type { ReactNode } from 'react';
import type { Explore } from '../../api/types.ts';
import ExploreCharts from '../../data/explore-charts.tsx';
import { PlotFigure } from '../../ui/plot-figure.tsx';
import { mountReport, PlainTable, ReportPage, type ReportSection } from '../report.tsx';
import { clusterColour, mapOptions, yearOptions } from './charts.ts';
import './explore.css';

/** Features with scales of their own, whose means by year each get a chart. */
const BY_YEAR = ['loudness', 'tempo', 'duration', 'popularity'];

function Counts({ counts }: Pick<Explore, 'counts'>): ReactNode {
  return (
    <dl className="counts">
      {Object.entries(counts)
        .filter(([what, count]) => count > 0 || what === 'tracks')
        .map(([what, count]) => (
          <div key={what}>
            <dd>{count.toLocaleString('en')}</dd>
            <dt>{what}</dt>
          </div>
        ))}
    </dl>
  );
}

function years(data: Explore): ReportSection[] {
  const charts = data.features.flatMap((feature) => {
    if (!BY_YEAR.includes(feature.id)) return [];
    const options = yearOptions(data, feature.id);
    return options ? [{ feature, options }] : [];
  });
  if (charts.length === 0) return [];
  return [
    {
      id: 'years',
      title: 'By release year',
      body: (
        <div className="chart-grid">
          {charts.map(({ feature, options }) => (
            <PlotFigure
              key={feature.id}
              title={feature.title}
              note={`Mean by release year${feature.unit ? `, ${feature.unit}` : ''}`}
              options={options}
            />
          ))}
        </div>
      ),
    },
  ];
}

function map(data: Explore): ReportSection[] {
  const { points, method } = data.map;
  if (points.length === 0) return [];
  return [
    {
      id: 'map',
      title: 'Clusters',
      body: (
        <>
          <PlotFigure
            title="Map of the songs"
            note={`${points.length.toLocaleString('en')} of ${data.counts.tracks.toLocaleString('en')} songs by ${method}; one colour per cluster`}
            options={mapOptions(data)}
          />
          <ul className="clusters">
            {data.clusters.map(({ label, tracks }, c) => (
              <li key={`${label} ${tracks}`}>
                <i style={{ background: clusterColour(c) }} />
                {label} ({tracks.toLocaleString('en')})
              </li>
            ))}
          </ul>
        </>
      ),
    },
  ];
}

function Rows({ data }: { data: Explore }): ReactNode {
  const { sources, cleaning, rejections, counts } = data;
  const versions = counts.tracks - counts.songs;
  const cleaned = [
    ...(versions > 0 ? [{ rule: 'tracks linked to another version of the same song', count: versions }] : []),
    ...cleaning.filter(({ rule }) => rule !== 'tracks linked as the same song'),
  ];
  return (
    <>
      <PlainTable
        caption="Sources"
        head={['source', 'licence', 'files', 'tracks', 'playlists and people']}
        rows={sources.map((s) => [s.source, s.licence, s.files, s.tracks, s.owners])}
      />
      <PlainTable
        caption="Rejected rows"
        head={['source', 'cause', 'first at', 'rows']}
        rows={rejections.map((r) => [r.source, r.cause, r.firstAt, r.count])}
      />
      <PlainTable caption="Cleaning" head={['rule', 'times applied']} rows={cleaned.map((c) => [c.rule, c.count])} />
    </>
  );
}

function ExplorePage({ data }: { data: Explore }): ReactNode {
  return (
    <ReportPage
      kicker="Segue data report"
      title={document.title}
      lead="What’s in the data, before anything is recommended from it."
      facts={<Counts counts={data.counts} />}
      sections={[
        { id: 'charts', title: 'Charts', body: <ExploreCharts data={data} /> },
        ...years(data),
        ...map(data),
        { id: 'rows', title: 'Sources and rejected rows', body: <Rows data={data} /> },
      ]}
      footer={
        <p>
          Written by <code>segue explore</code>. Charts by Observable Plot and D3; the source of this file includes
          their licences.
        </p>
      }
    />
  );
}

mountReport<Explore>(ExplorePage);
