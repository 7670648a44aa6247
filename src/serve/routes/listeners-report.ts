import { Type } from '#typebox';
import type { Explorer } from '../../explore/explorer.ts';
import { type ListeningReport, listeningReport, type Place } from '../../listeners/personal/listening-report.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofListener } from '../listener-access.ts';
import { listenerParams } from '../listener-schemas.ts';

const counted = Type.Object({
  name: Type.String({ description: 'name of the artist, genre or song' }),
  plays: Type.Integer({ description: 'number of plays' }),
});
const reportSchema = Type.Object({
  timeZone: Type.String({ description: 'IANA time zone of the report' }),
  plays: Type.Integer({ description: 'number of plays' }),
  listenedMs: Type.Integer({ description: 'listening time, in milliseconds' }),
  songs: Type.Integer({ description: 'number of different songs' }),
  years: Type.Array(
    Type.Object({
      year: Type.Integer({ description: 'the year' }),
      plays: Type.Integer({ description: 'number of plays' }),
      listenedMs: Type.Integer({ description: 'listening time, in milliseconds' }),
      newSongs: Type.Integer({ description: 'number heard for the first time' }),
      newArtists: Type.Integer({ description: 'number heard for the first time' }),
      artists: Type.Array(counted, { description: 'most played artists, most plays first' }),
      genres: Type.Array(counted, { description: 'most played genres, most plays first' }),
      taste: Type.Union(
        [
          Type.Object({
            x: Type.Number({ description: 'position on the taste map' }),
            y: Type.Number({ description: 'position on the taste map' }),
            spread: Type.Number({ description: 'how far the plays spread around it' }),
          }),
          Type.Null(),
        ],
        {
          description: 'mean position of the plays on the taste map',
        },
      ),
    }),
    { description: 'one for each year with plays' },
  ),
  hours: Type.Array(Type.Integer(), { description: 'plays by hour of the day: 24 values' }),
  weekdays: Type.Array(Type.Integer(), { description: 'plays by weekday: 7 values, Monday first' }),
  artists: Type.Array(counted, { description: 'most played artists, most plays first' }),
  genres: Type.Array(counted, { description: 'most played genres, most plays first' }),
  topSongs: Type.Array(
    Type.Object({
      ...counted.properties,
      song: Type.String({ description: 'id of the song' }),
      artists: Type.Array(Type.String(), { description: 'names of the artists' }),
    }),
    { description: 'most played songs, most plays first' },
  ),
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
