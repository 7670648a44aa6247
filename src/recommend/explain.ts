import type { Dataset } from '../dataset/dataset.ts';
import type { Fitted, ModelQuery, Reason } from '../models/model.ts';
import { bridgeReason } from './bridge-reason.ts';
import { CitedTitles } from './cited-titles.ts';
import { briefTrack, trackDetails } from './describe.ts';
import { listReason } from './list-reason.ts';
import type { RecommendedTrack } from './request.ts';
import { plainTitle } from './search/song-text.ts';
import type { Checkpoint } from './situation.ts';
import type { Candidate } from './steps/candidate.ts';

/** Most reasons given for a track. */
const MOST_REASONS = 3;
/** Most songs, playlists and artists listed behind a reason. */
const MOST_EVIDENCE = 5;
/** Songs with evidence of their own with which a list's other songs are compared. */
const MOST_TITLED = 12;
/** Least share with which a reason may be moved to the front, so that neighbours in the list differ. */
const WORTH_LEADING = 0.05;

/**
 * Adds the model's own reasons to the tracks of a list: largest share first, unless the track above starts with the same kind of evidence and another
 * kind contributed at least 0.05 of the score. A playlist's title is cited once per list, a crude one never.
 * @param details adds facts and evidence
 * @param second explains tracks for which the model has no evidence; a track that neither explains is linked to the query through a song in between,
 * which is named
 * @param facts what a track has of the things requested in words; they lead where the track above starts with the model's kind of evidence
 */
export function explainedList(
  dataset: Dataset,
  fitted: Fitted,
  query: ModelQuery,
  candidates: readonly Candidate[],
  details: boolean,
  second: Fitted | null = null,
  checkpoint?: Checkpoint,
  facts: (track: number) => Reason | null = () => null,
): RecommendedTrack[] {
  const cited = new CitedTitles(dataset);
  const titles: QuotedTitles = new Map();
  let before: Reason['kind'] | null = null;
  const tracks = candidates.map(({ track }) => track);
  const own = fitted.explainList?.(query, tracks, MOST_REASONS);
  const evidenceFor = (track: number, i: number): Reason[] => {
    const first = own?.[i] ?? fitted.explain?.(query, track) ?? [];
    if (first.length > 0) return first;
    const further = second?.explain?.(query, track) ?? [];
    if (further.length > 0) return further;
    return bridgeReason(dataset, query, track);
  };
  const evidence = tracks.map((track, i) => {
    checkpoint?.();
    return evidenceFor(track, i);
  });
  // Songs that a title reaches only through others share no playlist with it, so those others are named.
  let besideTitled: ReturnType<typeof listReason> | undefined;
  const beside = (track: number): Reason | null => {
    besideTitled ??= listReason(dataset, titledAmong(fitted, query, tracks, evidence));
    return besideTitled(track);
  };
  return candidates.map((candidate, i) => {
    const { track } = candidate;
    const unexplained = evidence[i]!.every(({ kind }) => kind === 'popularity');
    const found = unexplained ? beside(track) : null;
    const reasons = varied(found ? [{ ...found, share: 1 }] : evidence[i]!, before, facts(track));
    before = reasons[0]?.kind ?? null;
    const because = reasons.map((reason) =>
      capitalised(withPlainTitles(dataset, reason, cited.complete(reason), titles)),
    );
    const said: RecommendedTrack = {
      ...(details ? trackDetails(dataset, track) : briefTrack(dataset, track)),
      score: candidate.score,
      because,
    };
    if (candidate.section >= 0) said.section = candidate.section;
    if (details) said.reasons = reasons.map((reason, r) => withNames(dataset, reason, because[r]!, cited));
    return said;
  });
}

/** The first songs of a list with evidence for the query's title, though possibly less than for other evidence. */
function titledAmong(
  fitted: Fitted,
  query: ModelQuery,
  tracks: readonly number[],
  evidence: readonly (readonly Reason[])[],
): number[] {
  const isTitle = ({ kind }: Reason): boolean => kind === 'title';
  const titled: number[] = [];
  for (let i = 0; i < tracks.length && titled.length < MOST_TITLED; i++) {
    const said = evidence[i]!;
    const mayBeMore = query.title !== '' && said.length >= MOST_REASONS;
    if (said.some(isTitle) || (mayBeMore && fitted.explain?.(query, tracks[i]!).some(isTitle))) titled.push(tracks[i]!);
  }
  return titled;
}

/** A single playlist in common is the weakest evidence of its kind. */
const isThin = ({ kind, citation }: Reason): boolean => kind === 'playlists' && citation?.only === true;

/**
 * The reasons by share, at most three. A reason of another kind moves to the front when the first is of kind `before` or rests on a single common
 * playlist, and the other is worth leading; popularity never moves to the front.
 * @param fact what the query asks for and the song has: worth leading, though it contributed nothing to the score
 */
export function varied(all: readonly Reason[], before: Reason['kind'] | null, fact: Reason | null = null): Reason[] {
  const most = MOST_REASONS - (fact ? 1 : 0);
  const reasons: Reason[] = [];
  for (const reason of all) {
    let at = reasons.length < most ? reasons.push(reason) - 1 : most;
    for (; at > 0 && reason.share > reasons[at - 1]!.share; at--) if (at < most) reasons[at] = reasons[at - 1]!;
    if (at < most) reasons[at] = reason;
  }
  if (fact) reasons.push(fact);
  const first = reasons[0];
  if (first && first.kind !== before && !isThin(first)) return reasons;
  const other = reasons.findIndex(
    (reason) =>
      reason === fact ||
      (reason.kind !== before && reason !== first && reason.kind !== 'popularity' && reason.share >= WORTH_LEADING),
  );
  return other < 0 ? reasons : [reasons[other]!, ...reasons.filter((_, i) => i !== other)];
}

/** For each track, its title in quotation marks, as is and without version labels; null = there is none to remove. */
type QuotedTitles = Map<number, readonly [title: string, plain: string] | null>;

/**
 * Removes version labels from the titles of a reason's songs: “Bohemian Rhapsody” for “Bohemian Rhapsody - Remastered 2011”.
 * @param known cache of titles for further texts, since the reasons of a list name the same few songs
 */
export function withPlainTitles(
  dataset: Dataset,
  { tracks = [] }: Pick<Reason, 'tracks'>,
  text: string,
  known: QuotedTitles = new Map(),
): string {
  return tracks.reduce((said, track) => {
    let quoted = known.get(track);
    if (quoted === undefined) {
      const title = dataset.tracks.names.get(track);
      const plain = plainTitle(title);
      quoted = plain === title ? null : [`“${title}”`, `“${plain}”`];
      known.set(track, quoted);
    }
    const [title, plain] = quoted ?? [];
    return title === undefined ? said : said.replace(title, () => plain!);
  }, text);
}

function capitalised(text: string): string {
  const first = text.slice(0, 1);
  const upper = first.toUpperCase();
  return upper === first ? text : upper + text.slice(1);
}

function withNames(
  dataset: Dataset,
  reason: Reason,
  text: string,
  cited: CitedTitles,
): NonNullable<RecommendedTrack['reasons']>[number] {
  const { tracks, owners, artists } = reason;
  return {
    kind: reason.kind,
    share: Math.max(0, Math.min(1, reason.share)),
    text,
    ...(tracks && { tracks: tracks.slice(0, MOST_EVIDENCE).map((t) => briefTrack(dataset, t)) }),
    ...(owners && {
      owners: owners
        .filter((owner) => cited.mayBeShown(owner))
        .slice(0, MOST_EVIDENCE)
        .map((o) => ({ id: dataset.owners.vocabulary.id(o), title: dataset.owners.titles.get(o) })),
    }),
    ...(artists && { artists: artists.slice(0, MOST_EVIDENCE).map((a) => dataset.artists.names.get(a)) }),
  };
}
