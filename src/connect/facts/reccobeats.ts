import { SegueError } from '../../errors.ts';
import { recordOf } from '../answers.ts';
import type { ServiceContext } from '../contract.ts';
import { jsonOf } from '../network.ts';
import { FACT_COLUMNS, type Fact, type FactProvider } from './facts.ts';

export const RECCOBEATS = 'https://api.reccobeats.com';
/** Ids that a request takes. */
const MOST = 40;
/** Longest wait for the next request, in seconds. */
const LONGEST_WAIT = 120;
const MOST_ATTEMPTS = 5;

/**
 * ReccoBeats: audio features by Spotify id, free and without a key. It leaves out ids that it does not know, so that answers are joined by
 * the id in `href`. @param origin where it answers; tests put a server of their own there
 */
export const reccobeats = (
  { outgoing, wait }: Pick<ServiceContext, 'outgoing' | 'wait'>,
  origin: string = RECCOBEATS,
): FactProvider => ({
  batch: { features: MOST },
  async lookUp(_kind, ids, signal) {
    const url = new URL('/v1/audio-features', origin);
    url.searchParams.set('ids', ids.join(','));
    for (let attempt = 1; ; attempt++) {
      const response = await outgoing(url, { signal, headers: { accept: 'application/json' } });
      if (response.ok) return factsOf(await jsonOf(response, origin, signal));
      await response.body?.cancel();
      const told = Number(response.headers.get('retry-after') ?? 2 ** attempt);
      const passing = response.status === 429 || response.status >= 500;
      if (!passing || attempt === MOST_ATTEMPTS || !(told <= LONGEST_WAIT))
        throw new SegueError(passing ? 'SERVICE_AWAY' : 'SERVICE_ANSWER', {
          got: `ReccoBeats answered with status ${response.status}`,
          remedy: 'What was fetched is kept; run the command again later',
        });
      await wait(told * 1000, signal);
    }
  },
});

function factsOf(answer: unknown): Map<string, Fact> {
  const content = recordOf(answer)?.content;
  const facts = new Map<string, Fact>();
  for (const entry of Array.isArray(content) ? content.map(recordOf) : []) {
    const id = /\/track\/([0-9A-Za-z]{22})/.exec(String(entry?.href ?? ''))?.[1];
    if (!entry || id === undefined) continue;
    const known = FACT_COLUMNS.features.filter((name) => typeof entry[name] === 'number');
    facts.set(id, Object.fromEntries(known.map((name) => [name, entry[name] as number])));
  }
  return facts;
}
