import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appWithAccounts } from '../../../test/support/app-with-accounts.ts';
import { ROUTE_ACCESS } from './route-access.ts';

const PASSWORD = 'several quiet words';

test('with one’s own id in the path, ids of another’s lists, versions, imports, songs and bans find and change nothing', async (context) => {
  const { app, accounts, repository } = await appWithAccounts(context);
  const join = async (code: string, name: string) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams({ code, name, password: PASSWORD }).toString();
    const answer = await app.inject({ method: 'POST', url: '/join', headers, payload });
    const cookie = String(answer.headers['set-cookie']).split(';')[0]!;
    return { cookie, id: (await accounts.session(cookie.split('=')[1]!))!.listener };
  };
  const ada = await join((await accounts.firstRun())!, 'Ada');
  const [by] = await accounts.people();
  const bob = await join(await accounts.invite(by!, 'listener'), 'Bob');
  const song = { song: 'own:secret', title: 'Secret Song', artists: ['Secret Artist'] };
  const { id: importId } = await repository.imports.start(ada.id, { format: 'secret-format', files: ['secret.zip'] });
  await repository.plays.add(ada.id, [{ ...song, id: 'p1', at: 1_000_000, source: 'secret-source', importId }]);
  await repository.opinions.set(ada.id, [{ ...song, kind: 'like', at: 1, source: 'secret-source' }]);
  await repository.lists.save(ada.id, { id: 'secret-list', name: 'Secret List', songs: [song] });
  await repository.lists.save(ada.id, { id: 'secret-list', name: 'Secret List', songs: [song, song] });
  await repository.bans.set(ada.id, { kind: 'song', target: 'own:secret', label: 'Secret Song', at: 1, until: null });
  const ids: Readonly<Record<string, string>> = {
    ':id': bob.id,
    ':list': 'secret-list',
    ':version': '1',
    ':import': importId,
    ':song': encodeURIComponent('own:secret'),
    ':kind': 'song',
    ':target': encodeURIComponent('own:secret'),
    ':job': 'j1',
  };
  const look = async (): Promise<string> => {
    const parts: string[] = [];
    for (const path of [
      'lists',
      'lists/secret-list',
      'lists/secret-list/versions',
      'likes',
      'bans',
      'imports',
      'plays',
    ])
      parts.push((await app.inject({ url: `/api/listeners/${ada.id}/${path}`, headers: { cookie: ada.cookie } })).body);
    return parts.join('\n');
  };
  const before = await look();
  assert.match(before, /Secret List/);
  const routes = [...ROUTE_ACCESS.keys()].filter(
    (route) => route.includes('/api/listeners/:id/') && /:(?!id\b)\w+/.test(route),
  );
  assert.ok(routes.length > 12, `${routes.length} routes name something of a listener`);
  // Questions first: what is put under an id afterwards is Bob's own.
  for (const route of routes.toSorted((a, b) => Number(b.startsWith('GET')) - Number(a.startsWith('GET')))) {
    const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string];
    const url = path.replace(/:\w+/g, (name) => ids[name] ?? assert.fail(`${route}: no id for ${name}`));
    const payload = method === 'PUT' ? { name: 'Mine', songs: [] } : method === 'POST' ? {} : undefined;
    const answer = await app.inject({ method, url, headers: { cookie: bob.cookie }, ...(payload && { payload }) });
    assert.doesNotMatch(answer.body, /secret (?:list|song|artist)|secret-(?:source|format)|secret\.zip/i, route);
    if (method === 'GET') assert.ok(answer.statusCode >= 400, `${route}: ${answer.statusCode} ${answer.body}`);
    assert.equal(await look(), before, route);
  }
});
