/** The drawing of a song: a closed smooth curve through seven features on seven rays. Pure, so that it is tested without a page. */

export type Features = Readonly<Record<string, number | null | undefined>>;

/** Rays clockwise from the top; opposites stand across from each other. */
export const RAYS = [
  'energy',
  'danceability',
  'valence',
  'liveness',
  'acousticness',
  'instrumentalness',
  'speechiness',
] as const;

/** Radius of a value of 0, so that a quiet song is still a shape. */
const CORE = 0.2;

/** Speech and audience noise are near 0 in nearly all music: a root spreads them. */
const spread = (ray: string, value: number): number =>
  ray === 'speechiness' || ray === 'liveness' ? Math.sqrt(value) : value;

/** Values on the rays, 0–1; null when the song has none of the seven. Single missing ones take the mean of the known. */
export function radii(features: Features | undefined): number[] | null {
  if (!features) return null;
  const values = RAYS.map((ray) => {
    const value = features[ray];
    return typeof value === 'number' && Number.isFinite(value) ? spread(ray, Math.min(1, Math.max(0, value))) : null;
  });
  const known = values.filter((v): v is number => v !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  return values.map((v) => v ?? mean);
}

/** The mean of several songs' rays; null when none has features. */
export function meanRadii(songs: readonly (Features | undefined)[]): number[] | null {
  const rows = songs.map(radii).filter((r): r is number[] => r !== null);
  if (rows.length === 0) return null;
  return RAYS.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
}

/** SVG path of the closed Catmull-Rom curve through the rays, in a square of `size`. */
export function fingerprintPath(values: readonly number[], size: number): string {
  const n = values.length;
  const points = values.map((value, i) => {
    const angle = (2 * Math.PI * i) / n - Math.PI / 2;
    const r = (CORE + (1 - CORE) * value) * (size / 2 - 1);
    return [size / 2 + r * Math.cos(angle), size / 2 + r * Math.sin(angle)] as const;
  });
  const at = (i: number): readonly [number, number] => points[(i + n) % n]!;
  const f = (x: number): string => x.toFixed(1);
  let path = `M${f(at(0)[0])} ${f(at(0)[1])}`;
  for (let i = 0; i < n; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const c1 = [p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6];
    const c2 = [p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6];
    path += `C${f(c1[0]!)} ${f(c1[1]!)} ${f(c2[0]!)} ${f(c2[1]!)} ${f(p2[0])} ${f(p2[1])}`;
  }
  return `${path}Z`;
}
