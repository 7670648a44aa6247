import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FakeJellyfin, fakeItems } from '../../../test/support/fake-jellyfin.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { SegueError } from '../../errors.ts';
import type { ListenerRepository } from '../../listeners/repository.ts';
import { CodeSignIns } from '../code-sign-ins.ts';
import { Connections } from '../connections.ts';
import { ConnectionStore } from '../store.ts';

interface World {
  dir: string;
  fake: FakeJellyfin;
  connections: Connections;
  codes: CodeSignIns;
  clock: { now: number };
  begin(): Promise<{ id: string; code: string }>;
  /** The person enters a code in an app. */
  confirm(code: string): void;
}

async function worldOf(context: TestContext, dir: string): Promise<World> {
  const fake = await new FakeJellyfin().start();
  context.after(() => fake.stop());
  fake.items = fakeItems(3);
  const clock = { now: Date.UTC(2026, 10, 29) };
  const store = ConnectionStore.open(dir);
  context.after(() => store.close());
  const connections = new Connections({
    store,
    repository: new RecordingTarget().target as ListenerRepository,
    matcher: { match: async (songs) => songs.map(() => null) },
    library: { importBatches: async () => null as never },
    now: () => clock.now,
    wait: async () => {},
  });
  const codes = new CodeSignIns(connections, () => clock.now);
  const confirm = (code: string): void => {
    for (const begun of fake.codes.values()) if (begun.code === code) begun.confirmed = true;
  };
  const begin = () => codes.begin('jellyfin', 'me', { address: `${fake.address}/` });
  return { dir, fake, connections, codes, clock, begin, confirm };
}

const inWorld = (name: string, run: (world: World) => Promise<void>): void =>
  void test(name, (context) =>
    withTemporary(async (dir) => {
      const world = await worldOf(context, dir);
      await run(world);
      assert.deepEqual(world.fake.broken, []);
    }),
  );

const sentence =
  (code: string, pattern: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof SegueError);
    assert.equal(error.code, code);
    assert.match(error.message, pattern);
    assert.doesNotMatch(error.message, /5ec2e7/);
    return true;
  };

inWorld('a confirmed code signs in once; until then there is no connection', async (world) => {
  const { fake, connections, codes, begin, confirm } = world;
  const { id, code } = await begin();
  assert.match(code, /^\d{6}$/);
  assert.equal(await codes.look(id), null);
  assert.deepEqual(connections.store.list(), []);
  confirm(code);
  const [first, second] = await Promise.all([codes.look(id), codes.look(id)]);
  assert.equal(first?.id, second?.id);
  assert.equal(fake.calls('POST', /AuthenticateWithQuickConnect$/), 1);
  assert.throws(() => codes.owner(id), { code: 'SIGN_IN_REFUSED' });
  assert.match(first!.account, /^alice at 127\.0\.0\.1/);
  assert.deepEqual(connections.store.secrets(first!.id), { token: fake.token });
  assert.equal((await connections.sync(first!.id)).songs, 3);
  const byPassword = await connections.connect('jellyfin', 'me', {
    address: fake.address,
    user: 'alice',
    password: fake.password,
  });
  assert.equal(byPassword.id, first!.id, 'the same account by either way');
});

inWorld(
  'where Quick Connect is not enabled, and where no Jellyfin answers, a sentence says so',
  async ({ fake, begin }) => {
    fake.quickConnect = false;
    await assert.rejects(
      begin(),
      sentence('NOT_POSSIBLE', /^Quick Connect is not enabled on http.*user name and password/s),
    );
    fake.quickConnect = true;
    // Switched off between the question and the code.
    fake.fail = ({ url }) => (url.pathname.endsWith('/Initiate') ? { status: 401, body: '' } : undefined);
    await assert.rejects(begin(), sentence('NOT_POSSIBLE', /not enabled/));
    for (const body of [{}, 'page', null]) {
      fake.fail = () => ({ body });
      await assert.rejects(begin(), sentence('SERVICE_ANSWER', /does not answer/));
    }
  },
);

inWorld('a code that expired, and a sign-in that is refused, end with a sentence each', async (world) => {
  const { fake, connections, codes, begin, confirm, clock } = world;
  const expired = await begin();
  fake.codes.clear();
  await assert.rejects(codes.look(expired.id), sentence('SIGN_IN_REFUSED', /The code 123456 has expired/));
  const refused = await begin();
  confirm(refused.code);
  for (const state of fake.codes.values()) state.refused = true;
  await assert.rejects(codes.look(refused.id), sentence('SIGN_IN_REFUSED', /rejects the sign-in with the code/));
  for (const { id } of [expired, refused])
    assert.throws(() => codes.look(id), sentence('SIGN_IN_REFUSED', /has ended/));
  const late = await begin();
  clock.now += 15 * 60_000;
  assert.throws(() => codes.look(late.id), sentence('SIGN_IN_REFUSED', /has ended/));
  assert.deepEqual(connections.store.list(), []);
});

inWorld('a server that is away for a while ends no sign-in', async ({ fake, codes, begin, confirm }) => {
  const { id, code } = await begin();
  fake.fail = () => 'drop';
  await assert.rejects(codes.look(id), sentence('SERVICE_AWAY', /cannot be reached/));
  fake.fail = () => undefined;
  confirm(code);
  assert.match((await codes.look(id))!.account, /^alice/);
});

inWorld('the secret goes to the server alone: it is in no answer, no file and no record of hosts', async (world) => {
  const { dir, fake, connections, codes, begin, confirm } = world;
  const begun = await begin();
  const [secret] = fake.codes.keys();
  confirm(begun.code);
  const record = await codes.look(begun.id);
  assert.ok(
    fake.requests.some(({ url }) => url.searchParams.get('secret') === secret),
    'asked with it',
  );
  for (const shown of [begun, record, connections.store.hosts()]) assert.ok(!JSON.stringify(shown).includes(secret!));
  for (const name of await readdir(dir)) assert.ok(!(await readFile(join(dir, name))).includes(secret!), name);
});

inWorld('other services have no sign-in by code, and an address is needed', async ({ codes }) => {
  await assert.rejects(codes.begin('subsonic', 'me', {}), sentence('NOT_POSSIBLE', /no sign-in by code/));
  await assert.rejects(codes.begin('jellyfin', 'me', {}), sentence('USAGE', /address/));
});
