import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explorer } from '../../src/explore/explorer.ts';
import { Library } from '../../src/library/library.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';
import type { Engine } from '../../src/recommend/engine.ts';
import { openAccess } from '../../src/serve/access.ts';
import type { Answering } from '../../src/serve/answering/question.ts';
import { type AppOptions, buildApp } from '../../src/serve/app.ts';
import type { App, ServeContext } from '../../src/serve/context.ts';
import { Jobs } from '../../src/serve/jobs.ts';

/**
 * The app without a page, a library on disk, accounts or connections; it does not listen yet.
 * @param answers by default the engine's own @param settle what answers wait for; by default nothing
 */
export async function plainApp(
  engine: Engine,
  answers?: Answering,
  options: AppOptions = {},
  settle?: ServeContext['settle'],
): Promise<App> {
  return buildApp(
    {
      engine,
      ...(answers && { answers }),
      explorer: new Explorer(engine),
      jobs: new Jobs(
        async () => {},
        async () => {},
      ),
      household: openHousehold(await Library.open(join(tmpdir(), 'no-such-library')), undefined),
      access: openAccess,
      report: async () => null,
      settle,
      connected: () => Promise.reject(new Error('no connections here')),
    },
    { webRoot: join(tmpdir(), 'no-such-folder'), ...options },
  );
}
