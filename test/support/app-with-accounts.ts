import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connected, openConnected } from '../../src/connect/open.ts';
import { Explorer } from '../../src/explore/explorer.ts';
import { Library } from '../../src/library/library.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';
import type { ListenerRepository } from '../../src/listeners/repository.ts';
import { Engine } from '../../src/recommend/engine.ts';
import { MemoryLibrary } from '../../src/recommend/memory-library.ts';
import { type AppOptions, buildApp } from '../../src/serve/app.ts';
import { Accounts } from '../../src/serve/auth/accounts.ts';
import { OpenId } from '../../src/serve/auth/openid.ts';
import { ownAccess } from '../../src/serve/auth/signed-in.ts';
import type { App } from '../../src/serve/context.ts';
import { Jobs } from '../../src/serve/jobs.ts';
import { randomDataset } from './small-dataset.ts';

export interface AppWithAccounts {
  readonly app: App;
  readonly accounts: Accounts;
  readonly repository: ListenerRepository;
  readonly connected: () => Promise<Connected>;
  /** Advances the clock used for sessions, invitations and lock-outs. */
  wait(ms: number): void;
}

/** The app as it is beyond loopback, with sign-in required. Closed after the test. */
export async function appWithAccounts(
  context: { after(close: () => Promise<void>): void },
  given?: () => Promise<Connected>,
  options: AppOptions = {},
  provider?: (accounts: Accounts) => OpenId,
): Promise<AppWithAccounts> {
  const dir = await mkdtemp(join(tmpdir(), 'segue-test-'));
  let now = Date.now();
  const engine = await Engine.open(new MemoryLibrary(randomDataset(3, 60, 20)));
  const library = await Library.open(dir);
  const household = openHousehold(library, undefined);
  let opened: Promise<Connected> | undefined;
  const connected = given ?? (() => (opened ??= openConnected(library, engine, household, [])));
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
      openId: provider?.(accounts),
      report: async () => null,
      connected,
    },
    { webRoot: `${dir}/no-page`, ...options },
  );
  context.after(async () => {
    await app.close();
    (await opened)?.close();
    await household.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
  });
  return { app, accounts, repository, connected, wait: (ms) => void (now += ms) };
}

/** An unreachable sign-in provider, for tests of what its routes declare. */
export const someProvider = (accounts: Accounts): OpenId =>
  new OpenId(accounts, { issuer: 'http://127.0.0.1:1', clientId: 'segue', name: 'Nobody', domains: [] }, async () => ({
    note: () => {},
  }));
