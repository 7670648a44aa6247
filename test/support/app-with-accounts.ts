import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connected } from '../../src/connect/open.ts';
import { Explorer } from '../../src/explore/explorer.ts';
import { Library } from '../../src/library/library.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';
import type { ListenerRepository } from '../../src/listeners/repository.ts';
import { Engine } from '../../src/recommend/engine.ts';
import { MemoryLibrary } from '../../src/recommend/memory-library.ts';
import { buildApp } from '../../src/serve/app.ts';
import { Accounts } from '../../src/serve/auth/accounts.ts';
import { ownAccess } from '../../src/serve/auth/signed-in.ts';
import type { App } from '../../src/serve/context.ts';
import { Jobs } from '../../src/serve/jobs.ts';
import { randomDataset } from './small-dataset.ts';

export interface AppWithAccounts {
  readonly app: App;
  readonly accounts: Accounts;
  readonly repository: ListenerRepository;
  /** Moves the clock that sessions, invitations and refusals go by. */
  wait(ms: number): void;
}

/** The app as it is beyond loopback: sign-in required. Closed after the test. */
export async function appWithAccounts(
  context: { after(close: () => Promise<void>): void },
  connected: () => Promise<Connected> = () => Promise.reject(new Error('no connections here')),
): Promise<AppWithAccounts> {
  const dir = await mkdtemp(join(tmpdir(), 'segue-test-'));
  let now = Date.now();
  const engine = await Engine.open(new MemoryLibrary(randomDataset(3, 60, 20)));
  const household = openHousehold(await Library.open(dir), undefined);
  const repository = await household.repository();
  const accounts = new Accounts(
    async () => repository.accounts,
    () => now,
  );
  const app = await buildApp(
    {
      engine,
      explorer: new Explorer(engine),
      jobs: new Jobs(
        async () => {},
        async () => {},
      ),
      household,
      access: ownAccess,
      accounts,
      report: async () => null,
      connected,
    },
    { webRoot: `${dir}/no-page` },
  );
  context.after(async () => {
    await app.close();
    await household.close();
    await rm(dir, { recursive: true, force: true });
  });
  return { app, accounts, repository, wait: (ms) => void (now += ms) };
}
