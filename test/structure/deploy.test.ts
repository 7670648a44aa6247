import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { parse } from 'yaml';
import { SETTINGS, type Setting } from '../../src/configuration/settings.ts';
import { Metrics } from '../../src/recommend/metrics.ts';
import { collect } from '../../src/serve/monitoring/collect.ts';
import { observeStream } from '../../src/stream/observe-stream.ts';
import { StreamMetrics } from '../../src/stream/stream-metrics.ts';
import { ROOT } from '../support/source-files.ts';

const read = (path: string): string => readFileSync(ROOT + path, 'utf8');
const files = readdirSync(`${ROOT}deploy`, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('/secrets'))
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(ROOT.length));
const texts = new Map(['compose.yaml', 'Containerfile', ...files].map((path) => [path, read(path)]));

/** `file: match` for every match that is not in the set. */
const unknown = (pattern: RegExp, known: ReadonlySet<string>, only = /./): string[] =>
  [...texts].flatMap(([path, text]) =>
    only.test(path)
      ? [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))]
          .filter((name) => !known.has(name))
          .map((name) => `${path}: ${name}`)
      : [],
  );

test('the guide to operations says what to do about every alert', () => {
  const { groups } = parse(read('deploy/prometheus/alerts.yml')) as { groups: { rules: { alert: string }[] }[] };
  const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
  const told = [...read('docs/operations.md').matchAll(/^\| `(Segue\w+)` \| \S/gm)].map(([, name]) => name!);
  assert.deepEqual(told.toSorted(), alerts.toSorted());
});

test('deployment files set only settings that exist', () => {
  const settings: Setting[] = Object.values(SETTINGS);
  const variables = new Set(settings.flatMap(({ env, secret }) => (secret ? [env, `${env}_FILE`] : [env])));
  assert.ok(texts.size > 15, 'the files were read');
  assert.deepEqual(unknown(/\b(SEGUE_[A-Z_]+)\b/g, variables), []);
});

/** Metrics exported at /metrics by the server or the stream, by name. */
async function exported(): Promise<Map<string, string>> {
  const stream = new Registry();
  collectDefaultMetrics({ register: stream });
  observeStream(new StreamMetrics(), stream);
  const nothing = () => Promise.reject(new Error('nothing is asked'));
  const server = collect(new Metrics(), { ask: nothing, json: nothing }, { tally: () => [] });
  const all = [...(await server.registry.getMetricsAsJSON()), ...(await stream.getMetricsAsJSON())];
  return new Map(all.map(({ name, type }) => [name, String(type)]));
}

test('dashboard, alerts and autoscaling read only metrics that are exported, histograms by their parts', async () => {
  const metrics = await exported();
  const known = new Set<string>();
  for (const [name, type] of metrics)
    if (type === 'histogram') for (const part of ['_bucket', '_sum', '_count']) known.add(name + part);
    else known.add(name);
  assert.ok(
    known.has('segue_step_duration_seconds_bucket') && known.has('segue_stream_lag'),
    'the registries were read',
  );
  const names = /(?<![\w/-])((?:segue|http_server|process|nodejs)_\w+)\b/g;
  assert.deepEqual(unknown(names, known, /grafana\/dashboards|alerts|autoscaler/), []);
});

test('the dashboard shows load, latency by step and model, admission, the stream, jobs and memory', () => {
  const { panels } = JSON.parse(read('deploy/grafana/dashboards/segue.json')) as {
    panels: { id: number; type: string; title: string; targets?: { expr: string }[] }[];
  };
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length, 'panels have ids of their own');
  assert.deepEqual(
    panels.filter(({ type }) => type === 'row').map(({ title }) => title),
    ['Load', 'Latency by step and model', 'Admission', 'Stream', 'Jobs and events', 'Memory and processor'],
  );
  for (const { type, title, targets } of panels)
    if (type !== 'row')
      assert.ok(
        targets?.every(({ expr }) => expr),
        title,
      );
});

interface Service {
  image?: string;
  read_only?: boolean;
  ports?: string[];
  secrets?: string[];
  environment?: Record<string, unknown>;
  command?: string[];
}

test('compose: secrets are files, ports are on loopback, images have versions, Segue runs read-only', () => {
  const { services, secrets } = parse(texts.get('compose.yaml')!) as {
    services: Record<string, Service>;
    secrets: Record<string, { file: string }>;
  };
  assert.deepEqual(Object.keys(services).sort(), ['grafana', 'kafka', 'postgres', 'prometheus', 'segue', 'stream']);
  for (const [name, service] of Object.entries(services)) {
    assert.match(service.image!, /:[\w.-]+$/, name);
    for (const port of service.ports ?? []) assert.match(port, /^127\.0\.0\.1:/, name);
    for (const secret of service.secrets ?? []) assert.ok(Object.hasOwn(secrets, secret), `${name}: ${secret}`);
    for (const [variable, value] of Object.entries(service.environment ?? {}))
      if (/PASSWORD|TOKEN|DATABASE_URL/.test(variable)) assert.match(String(value), /^\/run\/secrets\//, variable);
  }
  for (const name of ['segue', 'stream']) assert.equal(services[name]!.read_only, true, name);
  assert.equal(services.stream!.command![0], 'stream');
  for (const { file } of Object.values(secrets)) assert.match(file, /^\.\/deploy\/secrets\//);
  assert.match(read('.gitignore'), /^deploy\/secrets$/m);
});

test('the environment file for systemd has no comment after a value, which would become part of it', () => {
  const [, file] = /cat > \/etc\/segue\/segue\.env <<'END'\n(.*?)\nEND/s.exec(read('deploy/README.md')) ?? [];
  assert.ok(file);
  for (const line of file.split('\n')) assert.match(line, /^(?:#.*|[A-Z_]+=\S*)$/);
});
