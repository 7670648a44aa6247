import { Type } from '#typebox';
import type { Explorer } from '../../explore/explorer.ts';
import { type ListeningReport, listeningReport, type Place } from '../../listeners/personal/listening-report.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofListener } from '../listener-access.ts';
import { listenerParams } from '../listener-schemas.ts';

const counted = Type.Object({ name: Type.String(), plays: Type.Integer() });
const reportSchema = Type.Object({
  timeZone: Type.String(),
  plays: Type.Integer(),
  listenedMs: Type.Integer(),
  songs: Type.Integer(),
  years: Type.Array(
    Type.Object({
      year: Type.Integer(),
      plays: Type.Integer(),
      listenedMs: Type.Integer(),
      newSongs: Type.Integer({ description: 'number heard for the first time' }),
      newArtists: Type.Integer({ description: 'number heard for the first time' }),
      artists: Type.Array(counted),
      genres: Type.Array(counted),
      taste: Type.Union([Type.Object({ x: Type.Number(), y: Type.Number(), spread: Type.Number() }), Type.Null()], {
        description: 'mean position of the plays on the taste map',
      }),
    }),
  ),
  hours: Type.Array(Type.Integer(), { description: 'plays by hour of the day: 24 values' }),
  weekdays: Type.Array(Type.Integer(), { description: 'plays by weekday: 7 values, Monday first' }),
  artists: Type.Array(counted),
  genres: Type.Array(counted),
  topSongs: Type.Array(Type.Object({ ...counted.properties, song: Type.String(), artists: Type.Array(Type.String()) })),
});

/** The listening report; computed once for each state of the history. */
export const listenersReport: Routes = (app, context) => {
  const { household, engine, explorer } = context;
  const kept = new Map<string, { key: string; report: Promise<ListeningReport> }>();
  household.beforeDeletion(async (listener) => {
    kept.delete(listener);
  });
  app.get(
    '/api/listeners/:id/listening',
    {
      ...ofListener(context),
      schema: {
        operationId: 'listeningReport',
        summary: "A listener's history by year, hour, artist and genre, with discoveries and movement on the taste map",
        tags: ['history'],
        params: listenerParams,
        response: { 200: reportSchema, ...errorResponses },
      },
    },
    async ({ params: { id } }) => {
      const repository = await household.repository();
      const { revision } = await repository.listeners.get(id);
      const { dataset, datasetId } = engine.current;
      const key = `${revision} ${datasetId}`;
      let own = kept.get(id);
      if (own?.key !== key) {
        const report = placesOf(explorer).then((place) => listeningReport(repository, id, dataset, place));
        report.catch(() => kept.delete(id));
        kept.set(id, (own = { key, report }));
      }
      const { years, hours, weekdays, artists, genres, topSongs, ...rest } = await own.report;
      return {
        ...rest,
        years: years.map((year) => ({ ...year, artists: [...year.artists], genres: [...year.genres] })),
        hours: [...hours],
        weekdays: [...weekdays],
        artists: [...artists],
        genres: [...genres],
        topSongs: topSongs.map((song) => ({ ...song, artists: [...song.artists] })),
      };
    },
  );
};

/** Positions of tracks on the current map; none without a map. */
async function placesOf(explorer: Explorer): Promise<Place> {
  const map = await explorer.map().catch(() => null);
  const column = (name: string): Float32Array | null => {
    const found = map?.header.columns.find((one) => one.name === name);
    if (!map || !found) return null;
    return new Float32Array(map.points.buffer, map.points.byteOffset + found.offset, map.header.count);
  };
  const [x, y] = [column('x'), column('y')];
  return (track) => (x && y && track < x.length && !Number.isNaN(x[track]!) ? { x: x[track]!, y: y[track]! } : null);
}
