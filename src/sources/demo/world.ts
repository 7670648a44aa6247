import type { AudioFeature } from '../../dataset/audio-features.ts';
import type { ArtistRow, TrackRow } from '../../dataset/rows.ts';
import { Rng } from '../../math/rng.ts';
import { albumName, artistName, trackName } from './names.ts';
import { STYLES } from './styles.ts';

const TRACKS_PER_ARTIST = 7.6;
const TRACKS_PER_ALBUM = 9;
/** Artists of a style that share listeners. */
const ARTISTS_PER_SCENE = 30;

export interface DemoSize {
  /** Tracks of the catalogue, ≥ 1. */
  readonly tracks: number;
  readonly playlists: number;
  readonly seed: number;
  /** Number of people with a history and a drifting taste. Default 0. */
  readonly listeners?: number;
}

/**
 * A fictional catalogue as number columns; texts and audio features are made when asked for, from a generator seeded by the row's number,
 * so that two million tracks cost tens of megabytes.
 */
export class DemoWorld {
  readonly size: DemoSize;
  readonly artists: number;
  readonly styleOf: Uint8Array;
  /** Scene of each artist: listeners' communities inside a style. */
  readonly sceneOf: Int32Array;
  readonly scenes: number;
  readonly sceneStyle: Uint8Array;
  /** Artist a has the tracks firstTrack[a] … firstTrack[a + 1]. */
  readonly firstTrack: Int32Array;
  readonly artistOfTrack: Int32Array;
  /** How often the track is chosen, relative: artists and their songs both follow Zipf's law. */
  readonly appeal: Float64Array;
  readonly year: Int16Array;
  /** Filled when first asked for; NaN before. */
  private readonly energy: Float32Array;
  private readonly valence: Float32Array;

  constructor(size: DemoSize) {
    this.size = size;
    const rng = new Rng(size.seed).fork('world');
    this.artists = Math.max(1, Math.round(size.tracks / TRACKS_PER_ARTIST));
    this.styleOf = assignStyles(this.artists, rng);
    const { sceneOf, sceneStyle } = assignScenes(this.styleOf, rng);
    this.sceneOf = sceneOf;
    this.sceneStyle = sceneStyle;
    this.scenes = sceneStyle.length;
    this.firstTrack = shareTracks(this.artists, size.tracks, rng);
    this.artistOfTrack = new Int32Array(size.tracks);
    this.appeal = new Float64Array(size.tracks);
    this.year = new Int16Array(size.tracks);
    this.energy = new Float32Array(size.tracks).fill(Number.NaN);
    this.valence = new Float32Array(size.tracks).fill(Number.NaN);
    for (let a = 0; a < this.artists; a++) this.makeArtist(a, rng);
  }

  artistRow(artist: number): ArtistRow {
    const rng = this.rngOf('artist', artist);
    const style = STYLES[this.styleOf[artist]!]!;
    const name = artistName(rng, style);
    const genres = style.genres.filter((_, i) => (i === 0 ? rng.uniform() < 0.85 : rng.uniform() < 0.4));
    const fame = this.appeal[this.firstTrack[artist]!] ?? 0;
    return {
      uri: artistUri(artist),
      name,
      genres,
      popularity: fameScore(fame),
      followers: Math.round(2_000_000 * fame ** 1.2),
    };
  }

  uri(track: number): string {
    return trackUri(track);
  }

  trackRow(track: number): TrackRow {
    const rng = this.rngOf('track', track);
    const artist = this.artistOfTrack[track]!;
    const album = Math.floor((track - this.firstTrack[artist]!) / TRACKS_PER_ALBUM);
    const name = trackName(rng);
    const features = rng.uniform() < 0.05 ? undefined : this.sound(track);
    return {
      uri: trackUri(track),
      name,
      artists: [
        { uri: artistUri(artist), name: artistName(this.rngOf('artist', artist), STYLES[this.styleOf[artist]!]!) },
      ],
      album: {
        uri: `demo:album:${artist.toString(36)}-${album}`,
        name: albumName(this.rngOf('album', artist * 1000 + album)),
      },
      year: rng.uniform() < 0.04 ? undefined : this.year[track]!,
      popularity: fameScore(this.appeal[track]!),
      explicit: rng.uniform() < (STYLES[this.styleOf[artist]!]!.name === 'hip hop' ? 0.55 : 0.05),
      durationMs: Math.round(Math.exp(12.29 + 0.27 * rng.normal())),
      features,
    };
  }

  /** Energy and valence without building the row: what a playlist for an occasion looks at. */
  mood(track: number): { energy: number; valence: number } {
    if (Number.isNaN(this.energy[track]!)) {
      const { energy, valence } = this.sound(track);
      this.energy[track] = energy!;
      this.valence[track] = valence!;
    }
    return { energy: this.energy[track]!, valence: this.valence[track]! };
  }

  /** Audio features: the style's mean, shifted by year and artist, with noise. */
  private sound(track: number): Partial<Record<AudioFeature, number>> {
    const artist = this.artistOfTrack[track]!;
    const style = STYLES[this.styleOf[artist]!]!;
    const own = this.rngOf('sound', track);
    const shared = this.rngOf('artist sound', artist);
    const [dance, energy, loudness, speech, acoustic, instrumental, live, valence, tempo, major] = style.sound;
    const modern = (this.year[track]! - 1990) / 30;
    // One hidden "intensity" ties energy, loudness and acousticness together, as in real recordings.
    const intensity = style.spread * (0.5 * shared.normal() + 0.8 * own.normal());
    const cheer = style.spread * (0.4 * shared.normal() + 0.8 * own.normal());
    const stray = (scale: number): number => style.spread * scale * (0.5 * shared.normal() + own.normal());
    return {
      danceability: unit(dance + 0.05 * cheer + 0.02 * modern + stray(0.08)),
      energy: unit(energy + 0.11 * intensity + 0.04 * modern + stray(0.05)),
      key: own.below(12),
      loudness: clamp(loudness + 1.8 * intensity + 1.6 * modern + stray(0.9), -58, 1),
      mode: own.uniform() < major ? 1 : 0,
      speechiness: unit(Math.exp(Math.log(speech) + stray(0.35))),
      acousticness: unit(acoustic - 0.14 * intensity - 0.05 * modern + stray(0.1)),
      instrumentalness: unit(instrumental + stray(0.12) * (0.2 + instrumental)),
      liveness: unit(Math.exp(Math.log(live) + stray(0.4))),
      valence: unit(valence + 0.13 * cheer - 0.03 * modern + stray(0.05)),
      tempo: clamp(tempo + stray(16), 50, 210),
      timeSignature: own.uniform() < 0.91 ? 4 : own.uniform() < 0.8 ? 3 : 5,
    };
  }

  private makeArtist(artist: number, rng: Rng): void {
    const [first, peak, last] = STYLES[this.styleOf[artist]!]!.years;
    const debut = clamp(
      Math.round(peak + (0.35 * (last - first) * (rng.normal() + 0.3 * rng.normal())) / 1.6),
      first,
      last - 1,
    );
    const career = 1 + rng.below(Math.max(2, Math.min(25, last - debut)));
    const fame = Math.exp(1.5 * rng.normal() - 3);
    const from = this.firstTrack[artist]!;
    const to = this.firstTrack[artist + 1]!;
    for (let t = from; t < to; t++) {
      this.artistOfTrack[t] = artist;
      const album = Math.floor((t - from) / TRACKS_PER_ALBUM);
      const albums = Math.ceil((to - from) / TRACKS_PER_ALBUM);
      this.year[t] = Math.min(last, debut + Math.floor((album * career) / albums));
      this.appeal[t] = Math.min(1, fame / (1 + 0.55 * (t - from)) ** 0.85) * Math.exp(0.6 * rng.normal());
    }
  }

  private rngOf(what: string, number: number): Rng {
    return new Rng((Math.imul(this.size.seed + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0).fork(what);
  }
}

const trackUri = (track: number): string => `demo:track:${track.toString(36).padStart(6, '0')}`;
const artistUri = (artist: number): string => `demo:artist:${artist.toString(36).padStart(5, '0')}`;
const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));
const unit = (x: number): number => Math.round(clamp(x, 0, 1) * 1e4) / 1e4;
const fameScore = (appeal: number): number => Math.round(clamp(62 + 13 * Math.log(appeal + 1e-4), 0, 100));

function assignStyles(artists: number, rng: Rng): Uint8Array {
  const total = STYLES.reduce((sum, style) => sum + style.weight, 0);
  return Uint8Array.from({ length: artists }, () => {
    let at = rng.uniform() * total;
    let style = 0;
    while (style + 1 < STYLES.length && (at -= STYLES[style]!.weight) >= 0) style++;
    return style;
  });
}

function assignScenes(styleOf: Uint8Array, rng: Rng): { sceneOf: Int32Array; sceneStyle: Uint8Array } {
  const counts = new Int32Array(STYLES.length);
  for (const style of styleOf) counts[style]!++;
  const sceneStyle: number[] = [];
  const first = STYLES.map((_, style) => {
    const start = sceneStyle.length;
    for (let s = 0; s < Math.max(1, Math.round(counts[style]! / ARTISTS_PER_SCENE)); s++) sceneStyle.push(style);
    return start;
  });
  const sceneOf = Int32Array.from(
    styleOf,
    (style) => first[style]! + rng.below(Math.max(1, Math.round(counts[style]! / ARTISTS_PER_SCENE))),
  );
  return { sceneOf, sceneStyle: Uint8Array.from(sceneStyle) };
}

/** Cuts the catalogue into artists with few or many songs (log-normal), at least one each. */
function shareTracks(artists: number, tracks: number, rng: Rng): Int32Array {
  const wish = Float64Array.from({ length: artists }, () => Math.exp(0.9 * rng.normal()));
  const total = wish.reduce((a, b) => a + b, 0);
  const first = new Int32Array(artists + 1);
  let sum = 0;
  for (let a = 0; a < artists; a++) {
    sum += wish[a]!;
    const even = Math.round(((tracks - artists) * sum) / total);
    first[a + 1] = Math.min(tracks, a + 1 + Math.max(0, even));
  }
  first[artists] = tracks;
  return first;
}
