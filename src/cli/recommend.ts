import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { Engine } from '../recommend/engine.ts';
import { DIALS, type Dial, type RecommendRequest, type RecommendResponse } from '../recommend/request.ts';
import { decimal, openLibrary, rangeOf, repeated, wholeNumber } from './context.ts';
import { jsonOrText, pair } from './pairs.ts';
import { readPlaylistFile } from './playlist-file.ts';
import { recommendBySpotify, SPOTIFY } from './recommend-elsewhere.ts';
import { songTable } from './song-table.ts';
import { printable } from './table.ts';

interface Range {
  from?: number;
  to?: number;
}

interface RecommendFlags {
  song?: string[];
  dislike?: string[];
  playlist?: string;
  title?: string;
  text?: string;
  withoutPart?: string[];
  owner?: string;
  n?: number;
  model?: string;
  exclude?: string[];
  year?: Range;
  popularity?: Range;
  energy?: Range;
  tempo?: Range;
  genre?: string[];
  withoutGenre?: string[];
  includeUnknown?: Dial[];
  explicit?: boolean;
  perArtist?: number | 'none';
  perAlbum?: number;
  diversity?: number;
  adventure?: number;
  balance?: number;
  order?: string;
  weights?: string;
  option?: string[];
  remember?: boolean;
  json?: boolean;
}

/** Least confidence at which a match counts as exact. */
const CERTAIN = 0.9;
const MOST_GUESSES = 8;
/** On the command line, as on the page, lists are for a listener, so balance is on by default; the API applies nothing unless asked. */
const DEFAULT_BALANCE = 0.5;

export function register(program: Command): void {
  program
    .command('recommend')
    .summary('recommend songs from songs, a playlist or a title')
    .description(
      'Recommends songs that go with songs, a playlist, a title or a description in words, and says why. Without any of these, lists the most popular songs.',
    )
    .argument('[song]', 'same as --song')
    .option('-s, --song <song>', '"artist - title", URI, link or id; repeatable', repeated)
    .option('--dislike <song>', 'a song to steer away from; repeatable', repeated)
    .option('-p, --playlist <file>', 'song list: text, CSV, M3U or JSON; - reads standard input')
    .option('-t, --title <text>', 'a playlist title or a mood in words')
    .option('--text <words>', 'what you want in words, e.g. "energetic 90s rock for running"')
    .option(
      '--without-part <id>',
      'ignore a part of --text, by the id printed after "Understood"; repeatable',
      repeated,
    )
    .option('--owner <id>', 'a playlist or person in the library, by id')
    .option('-n <number>', 'number of songs, 1–500 (default: 50)', wholeNumber('-n', 1, 500))
    .option(
      '-m, --model <id>',
      'model to use; see `segue models`; or spotify, where its own recommendations are still offered',
    )
    .option('--exclude <id>', 'a track, an artist, or artist:<name>; repeatable', repeated)
    .option('--year <from-to>', 'release year', rangeOf('--year', 1000, 2100))
    .option('--popularity <from-to>', 'track popularity, 0–100', rangeOf('--popularity', 0, 100))
    .option('--energy <from-to>', 'energy, 0–1', rangeOf('--energy', 0, 1))
    .option('--tempo <from-to>', 'tempo in BPM, 20–300', rangeOf('--tempo', 20, 300))
    .option('--genre <name>', 'only songs with one of these genres; repeatable', repeated)
    .option('--without-genre <name>', 'no songs with this genre; repeatable', repeated)
    .option(
      '--include-unknown <filter>',
      `let songs with an unknown value pass a filter: ${DIALS.join(', ')}; repeatable`,
      dials,
    )
    .option('--explicit', 'only explicit songs')
    .option('--no-explicit', 'no explicit songs')
    .option(
      '--per-artist <number>',
      'maximum songs per artist, 1–15, or none (default: 3; none if all seeds are by one artist)',
      artistLimit,
    )
    .option('--per-album <number>', 'maximum songs per album, 1–15', wholeNumber('--per-album', 1, 15))
    .option('--diversity <0-1>', 'how different the songs are from each other', decimal('--diversity', 0, 1))
    .option('--adventure <0-1>', 'favour less popular songs', decimal('--adventure', 0, 1))
    .option(
      '--balance <0-1>',
      'how closely the list follows the mix of styles of the seeds (default: 0.5)',
      decimal('--balance', 0, 1),
    )
    .option('--order <order>', 'listening order: score, smooth or arc')
    .option('--weights <name=number,…>', 'weights of feature blocks and features, e.g. genre=3,energy=2')
    .option('--option <name=value>', 'a query option of the model; repeatable', repeated)
    .option('--remember', 'add songs missing from the catalogue at the next training')
    .option('--json', 'print JSON only')
    .action(async (song: string | undefined, flags: RecommendFlags, command: Command) => {
      if (song !== undefined) flags.song = [song, ...(flags.song ?? [])];
      const engine = await Engine.open(await openLibrary(command), { keepUnknown: 'all' });
      const say = (text: string): void => void process.stderr.write(`${printable(text)}\n`);
      const seeds = await seedsOf(engine, flags, say);
      if (flags.model === SPOTIFY) {
        const uris = seeds.map(({ track }) => track);
        return recommendBySpotify(command, uris, flags.n ?? 50, flags.json ?? false);
      }
      const answer = await engine.recommend(requestOf(flags, seeds));
      if (flags.json) process.stdout.write(`${JSON.stringify(jsonAnswer(answer))}\n`);
      else process.stdout.write(prettyAnswer(answer));
      const understood = answer.understood ?? [];
      if (understood.length > 0)
        say(`Understood: ${understood.map(({ label, id }) => `${label} (${id})`).join(', ')}.`);
      for (const note of answer.notes ?? []) say(note);
      const [tightest] = answer.relax ?? [];
      if (tightest)
        say(
          `Without the ${tightest.filter.replace(/s$/, '')} filter, ${tightest.tracks.toLocaleString('en')} more songs would pass.`,
        );
      if (answer.fallbackReason) say(answer.fallbackReason);
      if (answer.unknown.length > 0 && !flags.json)
        say(
          `${answer.unknown.length} not in the catalogue: ${answer.unknown.slice(0, 5).join('; ')}${answer.unknown.length > 5 ? '; …' : ''}`,
        );
    });
}

type Seeds = NonNullable<RecommendRequest['seeds']>;

/** @throws SegueError UNKNOWN_TRACK with the nearest matches, for a song named individually */
async function seedsOf(engine: Engine, flags: RecommendFlags, say: (text: string) => void): Promise<Seeds> {
  const seeds: Seeds = [];
  if (flags.playlist !== undefined) {
    const list = await engine.queries.resolve(await readPlaylistFile(flags.playlist), 0);
    for (const line of list.lines) seeds.push({ track: line.track?.uri ?? (line.text.slice(0, 500) || '?') });
    say(
      `${list.matched} of ${list.lines.length} songs in ${flags.playlist === '-' ? 'the list' : flags.playlist} were found.`,
    );
    const guessed = list.lines.filter(({ track, confidence }) => track && confidence < CERTAIN);
    for (const { text, track } of guessed.slice(0, MOST_GUESSES))
      say(`  "${text}" matched as ${track!.artists.join(', ')} - ${track!.name}.`);
    if (guessed.length > MOST_GUESSES) say(`  … and ${guessed.length - MOST_GUESSES} more with different spelling`);
  }
  for (const [songs, weight] of [
    [flags.song ?? [], 1],
    [flags.dislike ?? [], -1],
  ] as const)
    for (const text of songs) {
      const song = await engine.queries.song(text);
      if (song.match < CERTAIN) say(`"${text}" matched as ${song.label}.`);
      seeds.push({ track: song.uri, weight });
    }
  return seeds;
}

function requestOf(flags: RecommendFlags, seeds: Seeds): RecommendRequest {
  const { year, popularity, energy, tempo, explicit, genre, withoutGenre } = flags;
  const filters = { year, popularity, energy, tempo, explicit, genres: genre, withoutGenres: withoutGenre };
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
  const options: Record<string, unknown> = {};
  if (flags.weights !== undefined) options.weights = parseWeights(flags.weights);
  for (const text of flags.option ?? []) {
    const [name, value] = pair(text, '--option', 'weights={"genre":3}');
    options[name] = jsonOrText(value);
  }
  const request = {
    seeds: seeds.length > 0 ? seeds : undefined,
    title: flags.title,
    text: flags.text,
    without: flags.withoutPart,
    owner: flags.owner,
    n: flags.n,
    model: flags.model,
    exclude: flags.exclude,
    filters: Object.keys(given).length > 0 ? { ...given, keepUnknown: flags.includeUnknown ?? [] } : undefined,
    perArtist: flags.perArtist === 'none' ? undefined : (flags.perArtist ?? 'auto'),
    perAlbum: flags.perAlbum,
    diversity: flags.diversity,
    adventure: flags.adventure,
    balance: flags.balance ?? DEFAULT_BALANCE,
    order: orderOf(flags.order),
    options: Object.keys(options).length > 0 ? options : undefined,
    remember: flags.remember,
  };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

function dials(name: string, before: Dial[] = []): Dial[] {
  const dial = DIALS.find((d) => d === name);
  if (!dial)
    throw new SegueError('USAGE', { got: `--include-unknown is "${name}"`, expected: `one of ${DIALS.join(', ')}` });
  return [...before, dial];
}

const artistLimit = (text: string): number | 'none' =>
  text === 'none' ? 'none' : wholeNumber('--per-artist', 1, 15)(text);

function orderOf(text: string | undefined): RecommendRequest['order'] {
  if (text === undefined || text === 'score' || text === 'smooth' || text === 'arc') return text;
  throw new SegueError('USAGE', { got: `--order is "${text}"`, expected: 'score, smooth or arc' });
}

function parseWeights(text: string): Record<string, number> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name, value] = pair(part, '--weights', 'genre=3');
      return [name, decimal(`--weights ${name}`, 0, 10)(value)];
    }),
  );
}

function jsonAnswer({ model, tookMs, tracks, unknown, fallback, understood }: RecommendResponse): object {
  return {
    model,
    tookMs,
    tracks: tracks.map(({ uri, name, artists, score, because }) => ({ uri, name, artists, score, because })),
    unknown,
    fallback,
    ...(understood && { understood }),
  };
}

function prettyAnswer(answer: RecommendResponse): string {
  const body = answer.tracks.length > 0 ? songTable(answer.tracks, process.stdout.columns) : 'No songs.';
  return `${body}\n${answer.model}, ${answer.tookMs} ms\n`;
}
