import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { judgeUpdates } from '../../scripts/components.ts';
import { behind, components, type Lock } from '../../scripts/updates.ts';
import { ROOT } from '../support/source-files.ts';

/** Segue pins `web` and `shared`; `web` requires its own `shared` and an `old` one; `tool` is for building only. */
const lock: Lock = {
  packages: {
    '': { dependencies: { web: '1.2.0', shared: '2.0.0' } },
    'node_modules/web': { version: '1.2.0', dependencies: { shared: '~1.0.1', old: '^3.0.0', absent: '1' } },
    'node_modules/web/node_modules/shared': { version: '1.0.1' },
    'node_modules/shared': { version: '2.0.0' },
    'node_modules/old': { version: '3.0.0', deprecated: 'Use new.', peerDependencies: { shared: '<2.1' } },
    'node_modules/tool': { version: '1.0.0', dev: true, dependencies: { shared: '2.0.0' } },
  },
};
const [web, shared, inner, old] = components(lock) as [Component, Component, Component, Component];
type Component = ReturnType<typeof components>[number];

test('components are the packages that run; each dependant resolves its own copy, whose version all its dependants must accept', () => {
  assert.equal(components(lock).length, 4);
  assert.deepEqual(web, { name: 'web', version: '1.2.0', deprecated: undefined, accepted: ['^1.2.0'] });
  assert.deepEqual(shared.accepted, ['^2.0.0', '<2.1'], 'what only builds has no say');
  assert.deepEqual([inner.version, inner.accepted], ['1.0.1', ['~1.0.1']]);
  assert.equal(old.deprecated, 'Use new.');
});

test('a component is behind from the day of the first newer version that all accept', () => {
  const published = {
    created: '2020-01-01T00:00:00Z',
    '2.0.0': '2026-01-01T00:00:00Z',
    '2.0.1': '2026-02-03T10:00:00Z',
    '2.0.10': '2026-02-02T10:00:00Z',
    '2.0.9': '2026-03-01T10:00:00Z',
    '2.1.0': '2026-02-01T10:00:00Z',
    '2.0.11-beta.1': '2026-01-02T10:00:00Z',
    '3.0.0': '2026-01-02T10:00:00Z',
  };
  assert.deepEqual(behind(shared, published), {
    name: 'shared',
    version: '2.0.0',
    newest: '2.0.10',
    since: '2026-02-02',
  });
  assert.equal(behind(inner, published), null);
});

test('newer versions are taken within 30 days, and nothing that runs is deprecated', () => {
  const late = (since: string) => [{ name: 'web', version: '1.2.0', newest: '1.3.0', since }];
  assert.deepEqual(judgeUpdates([web], [], '2026-03-31'), { broken: [], open: [] });
  assert.equal(judgeUpdates([web], late('2026-03-01'), '2026-03-31').open.length, 1);
  assert.deepEqual(judgeUpdates([web], late('2026-02-28'), '2026-03-31'), {
    broken: ['web 1.2.0: 1.3.0 could be taken; a newer version has been out since 2026-02-28, more than 30 days'],
    open: [],
  });
  assert.equal(judgeUpdates([web], late('some day'), '2026-03-31').broken.length, 1, 'a date that is none is too old');
  assert.deepEqual(judgeUpdates([old], [], '2026-03-31').broken, ['old 3.0.0 is deprecated: Use new.']);
});

test('nothing that runs in this version is deprecated', () => {
  const ours = components(JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')) as Lock);
  assert.ok(ours.some(({ name }) => name === 'fastify') && ours.some(({ name }) => name === 'react'));
  assert.deepEqual(judgeUpdates(ours, [], '2026-01-01').broken, []);
});
