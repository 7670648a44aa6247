import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { writeFileWhole } from '../../library/files.ts';
import type { OnProgress } from '../../math/progress.ts';
import { type Fitted, modelQuery } from '../../models/model.ts';
import { type ChallengePlaylist, SUBMITTED } from './challenge-set.ts';
import { readText } from './split-files.ts';

export interface SubmissionOptions {
  readonly team: string;
  readonly email: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export interface Submission {
  readonly lines: string[];
  /** Number of playlists completed with popular tracks because the model found fewer than 500. */
  readonly filled: number;
  /** Number of seeds that the library lacks. */
  readonly unknownSeeds: number;
}

/**
 * Answers every playlist of a challenge set with exactly 500 tracks; short lists are completed with the most popular tracks.
 * @throws SegueError MODEL_UNUSABLE when the catalogue has too few Spotify tracks, USAGE for a team or email with a comma, CANCELLED
 */
export function makeSubmission(
  set: readonly ChallengePlaylist[],
  dataset: Dataset,
  fitted: Fitted,
  options: SubmissionOptions,
): Submission {
  for (const [name, text] of Object.entries({ team: options.team, email: options.email }))
    if (text.trim() === '' || /[,\n\r]/.test(text))
      throw new SegueError('USAGE', {
        got: `The ${name} "${text}"`,
        expected: 'text without commas or line breaks',
      });
  const { vocabulary } = dataset.tracks;
  const { ptr } = dataset.byTrack;
  const popular = Int32Array.from({ length: dataset.tracks.count }, (_, t) => t).sort(
    (a, b) => ptr[b + 1]! - ptr[b]! - (ptr[a + 1]! - ptr[a]!) || a - b,
  );
  const lines = [`team_info,${options.team},${options.email}`];
  let filled = 0;
  let unknownSeeds = 0;
  set.forEach((playlist, done) => {
    throwIfCancelled(options.signal, 'The submission');
    const seeds = playlist.seeds.map((uri) => vocabulary.indexOf(uri)).filter((t) => t >= 0);
    unknownSeeds += playlist.seeds.length - seeds.length;
    const taken = new Set(playlist.seeds);
    const uris: string[] = [];
    const take = (track: number): void => {
      const uri = vocabulary.id(track);
      if (uris.length === SUBMITTED || taken.has(uri) || !isTrackUri(uri)) return;
      taken.add(uri);
      uris.push(uri);
    };
    const query = modelQuery({ seeds, title: playlist.title, ordered: playlist.ordered });
    for (const track of fitted.recommend(query, SUBMITTED).tracks) take(track);
    if (uris.length < SUBMITTED) {
      filled++;
      for (let i = 0; i < popular.length && uris.length < SUBMITTED; i++) take(popular[i]!);
    }
    if (uris.length < SUBMITTED)
      throw new SegueError('MODEL_UNUSABLE', {
        got: `Only ${uris.length} tracks are available for playlist ${playlist.pid}`,
        expected: `${SUBMITTED} Spotify tracks other than the seeds`,
        remedy: 'Import the Million Playlist Dataset into the library and train again',
      });
    lines.push(`${playlist.pid},${uris.join(',')}`);
    options.onProgress?.({ fraction: (done + 1) / set.length, note: `${done + 1} of ${set.length} playlists` });
  });
  return { lines, filled, unknownSeeds };
}

/** Writes the lines, compressed when the name ends in .gz; the file appears whole or not at all. */
export async function writeSubmission(path: string, lines: readonly string[]): Promise<void> {
  const text = `${lines.join('\n')}\n`;
  await writeFileWhole(path, path.endsWith('.gz') ? await promisify(gzip)(text) : text);
}

const isTrackUri = (text: string): boolean => /^spotify:track:[A-Za-z0-9]+$/.test(text);

/**
 * Checks a submission against the challenge's rules and returns a sentence with the line for each violation; empty when the file would be accepted.
 */
export async function verifySubmission(path: string, set: readonly ChallengePlaylist[]): Promise<string[]> {
  const wanted = new Map(set.map((playlist) => [playlist.pid, playlist]));
  const answered = new Set<string>();
  const problems: string[] = [];
  let team = false;
  const lines = (await readText(path)).split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.trim();
    if (line === '' || line.startsWith('#')) continue;
    const fields = line.split(',').map((field) => field.trim());
    const isTeam = fields[0] === 'team_info';
    const found = !team && isTeam ? teamProblems(fields) : answerProblems(fields, wanted, answered);
    if (!team && !isTeam) found.unshift('the first line is not team_info');
    team = true;
    for (const problem of found) problems.push(`line ${i + 1}: ${problem}`);
  }
  if (!team) problems.push('the file has no line');
  const missing = set.filter(({ pid }) => !answered.has(pid));
  if (missing.length > 0)
    problems.push(
      `${missing.length} playlists of the challenge set have no answer, the first being ${missing[0]!.pid}`,
    );
  return problems;
}

const teamProblems = (fields: readonly string[]): string[] =>
  fields.length === 3 && fields.every((field) => field !== '')
    ? []
    : [`team_info has ${fields.length - 1} fields, expected a team name and an email address`];

function answerProblems(
  [pid = '', ...tracks]: readonly string[],
  wanted: ReadonlyMap<string, ChallengePlaylist>,
  answered: Set<string>,
): string[] {
  const playlist = wanted.get(pid);
  if (!playlist) return [`the pid "${pid}" is not in the challenge set`];
  if (answered.has(pid)) return [`the pid ${pid} is answered a second time`];
  answered.add(pid);
  const problems: string[] = [];
  if (tracks.length !== SUBMITTED) problems.push(`${tracks.length} tracks for the pid ${pid}, expected ${SUBMITTED}`);
  const distinct = new Set(tracks);
  if (distinct.size !== tracks.length)
    problems.push(`${tracks.length - distinct.size} repeated tracks for the pid ${pid}`);
  const seeds = playlist.seeds.filter((seed) => distinct.has(seed)).length;
  if (seeds > 0) problems.push(`${seeds} seed tracks among the answers for the pid ${pid}`);
  const foreign = tracks.find((track) => !isTrackUri(track));
  if (foreign !== undefined) problems.push(`"${foreign}" is not a track URI`);
  return problems;
}
