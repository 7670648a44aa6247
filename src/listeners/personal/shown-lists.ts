import { randomUUID } from 'node:crypto';
import type { Engine } from '../../recommend/engine.ts';
import type { RecommendResponse } from '../../recommend/request.ts';
import { NO_TRIAL, type Trial } from '../experiments/trial.ts';
import { artistsApart } from './artists-apart.ts';
import { partOf } from './blend/part-names.ts';
import { rngOf } from './drawing.ts';
import type { Household } from './household.ts';
import type { PersonalList } from './personal-list.ts';

/** Most mixes per day or week. */
export const MOST_MIXES = 6;
/** Songs in mixes of this many previous days (or weeks) are not repeated. */
const MEMORY = 4;
/** Most shown lists to search for them; weekly mixes are mixed with daily lists. */
const MOST_LOOKED_AT = MOST_MIXES * (MEMORY * 7 + MEMORY);
/** A period without its date; mixes of the day, of the week and for a server are stored separately. */
const undated = (period: string): string => period.replace(/\d{4}-\d\d-\d\d/, '');
const DAY = 86_400_000;

/** The lists shown to each listener, stored if they allow it, so that mixes vary from day to day and feedback can be assigned to its list. */
export class ShownLists {
  private readonly engine: Engine;
  private readonly household: Household;
  private readonly now: () => number;

  /** @param now milliseconds since 1970; the clock of the caller */
  constructor(engine: Engine, household: Household, now: () => number) {
    this.engine = engine;
    this.household = household;
    this.now = now;
  }

  /** Songs of the listener's mixes of the last days or weeks, without the current one. */
  async recentlyMixed(listener: string, period: string): Promise<Set<string>> {
    const { shown: lists } = await this.household.repository();
    const { items } = await lists.page(listener, { kind: 'mix', limit: MOST_LOOKED_AT });
    const memory = MEMORY * (period.startsWith('week') ? 7 : 1) * DAY;
    const songs = new Set<string>();
    for (const { detail, at, songs: shown } of items) {
      const before = String(detail?.period ?? '');
      if (before !== period && undated(before) === undated(period) && this.now() - at < memory)
        for (const song of shown) songs.add(song);
    }
    return songs;
  }

  /** Versions of the models behind a list, in the form used in feedback. */
  private versionOf(model: string): string | null {
    const { models } = this.engine.current;
    const versions = models.trained.filter((id) =>
      model.split(' + ').some((part) => partOf(part.replace(/ ×\d+$/, '')).model === id),
    );
    return versions.map((id) => models.versionOf(id)).join(' ') || null;
  }

  /** Stores a shown list if the listener allows it. @param stable the same text gives the same id all day */
  async remember(
    listener: string,
    kind: PersonalList['kind'],
    title: string,
    answer: RecommendResponse,
    stable?: string,
    trial: Trial = NO_TRIAL,
  ): Promise<PersonalList> {
    const repository = await this.household.repository();
    const id =
      stable === undefined
        ? randomUUID()
        : `mix-${rngOf(listener, stable)
            .fork('id')
            .below(2 ** 31)}`;
    const notes = [...(answer.notes ?? []), ...(answer.fallbackReason ? [answer.fallbackReason] : [])];
    // The order in an experiment is part of its design, and clusters are ordered by section.
    const tracks =
      trial.teams || kind === 'clusters'
        ? answer.tracks
        : artistsApart(answer.tracks, ({ artists }) => artists[0] ?? '');
    const { rememberShown } = await repository.settings.get(listener);
    if (rememberShown)
      await repository.shown.add(listener, {
        id,
        kind,
        at: this.now(),
        model: answer.model,
        modelVersion: this.versionOf(answer.model),
        experiment: trial.experiment,
        arm: trial.arm,
        songs: tracks.map(({ uri }) => uri),
        detail: trial.teams
          ? { teams: trial.teams }
          : stable === undefined
            ? null
            : { period: stable.slice(0, stable.indexOf(':')) },
      });
    return { id, kind, title, model: answer.model, tracks, notes };
  }
}
