import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { programsLack } from '../support/programs.ts';
import { PYTHON, pythonLacks } from '../support/python.ts';
import { ROOT } from '../support/source-files.ts';
import { withTemporary } from '../support/temporary.ts';

/** Path of Helm, set by the caller. */
const HELM = process.env.SEGUE_TEST_HELM ?? 'helm';
const noHelm = programsLack(HELM);
const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const SEVERAL = [
  ...['secrets.name=s', 'secrets.database=true', 'secrets.metrics=true', 'library.accessMode=ReadWriteMany'],
  ...['autoscaling.enabled=true', 'autoscaling.queue.enabled=true', 'stream.enabled=true'],
  ...['ingress.enabled=true', 'ingress.tlsSecret=t', 'allowedHosts={music.example}'],
].flatMap((value) => ['--set', value]);

interface Resource {
  kind: string;
  metadata: { name: string };
  spec: {
    replicas?: number;
    metrics?: { type: string }[];
    template: {
      spec: {
        securityContext: { runAsNonRoot: boolean };
        containers: {
          securityContext: { readOnlyRootFilesystem: boolean };
          env: { name: string; value: string }[];
          ports: { name: string; containerPort: number }[];
          readinessProbe?: { httpGet: { path: string; port: string } };
          livenessProbe: { httpGet: { path: string; port: string } };
        }[];
      };
    };
  };
}

const rendered = (...values: string[]): string =>
  run(HELM, 'template', 'music', 'deploy/helm/segue', '--kube-version', '1.30.0', ...values);
const resources = (text: string): Resource[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as Resource | null)
    .filter((resource) => resource !== null);

test('the chart renders one server by default; several with database, autoscaling and stream', { skip: noHelm }, () => {
  run(HELM, 'lint', '--strict', 'deploy/helm/segue');
  const one = resources(rendered());
  assert.deepEqual(one.map(({ kind }) => kind).sort(), [
    ...['PersistentVolumeClaim', 'PodDisruptionBudget', 'Service', 'Service', 'StatefulSet'],
  ]);
  const several = resources(rendered(...SEVERAL));
  const scaler = several.find(({ kind }) => kind === 'HorizontalPodAutoscaler')!;
  assert.deepEqual(
    scaler.spec.metrics!.map(({ type }) => type),
    ['Pods', 'Resource'],
  );
  const server = several.find(({ kind }) => kind === 'StatefulSet')!;
  assert.equal(server.spec.replicas, undefined, 'the autoscaler alone counts replicas');
  for (const { kind, spec } of several.filter(({ kind }) => kind === 'StatefulSet' || kind === 'Deployment')) {
    const [container] = spec.template.spec.containers;
    assert.equal(spec.template.spec.securityContext.runAsNonRoot, true, kind);
    assert.equal(container!.securityContext.readOnlyRootFilesystem, true, kind);
    assert.equal(container!.livenessProbe.httpGet.path, '/healthz', kind);
    for (const { name, value } of container!.env)
      if (/TOKEN|DATABASE/.test(name)) assert.match(value, /^\/run\/secrets\//, name);
  }
  const { readinessProbe, livenessProbe, ports, env } = server.spec.template.spec.containers[0]!;
  assert.equal(readinessProbe!.httpGet.path, '/readyz');
  for (const { httpGet } of [readinessProbe!, livenessProbe]) assert.equal(httpGet.port, 'health');
  const health = String(ports.find(({ name }) => name === 'health')!.containerPort);
  assert.equal(env.find(({ name }) => name === 'SEGUE_HEALTH_PORT')!.value, health);
});

test('the chart refuses several servers without PostgreSQL or without a volume for several', { skip: noHelm }, () => {
  assert.throws(() => rendered('--set', 'replicas=2'), /needs PostgreSQL/);
  assert.throws(
    () => rendered('--set', 'replicas=2', '--set', 'secrets.name=s', '--set', 'secrets.database=true'),
    /ReadWriteMany/,
  );
  assert.throws(() => rendered('--set', 'stream.enabled=true'), /stream needs PostgreSQL/);
});

test('what the chart renders is valid Kubernetes', { skip: noHelm || pythonLacks('kubernetes_validate') }, () =>
  withTemporary(async (dir) => {
    const paths = [[], SEVERAL].map((values, i) => {
      const path = join(dir, `${i}.yaml`);
      writeFileSync(path, rendered(...values));
      return path;
    });
    const validate = join(dirname(PYTHON), 'kubernetes-validate');
    run(validate, '-k', '1.30', '--strict', '--quiet', ...paths);
  }),
);

test('Prometheus accepts its configuration and the alerts', { skip: programsLack('promtool') }, () => {
  run('promtool', 'check', 'config', '--syntax-only', 'deploy/prometheus/prometheus.yml');
  run('promtool', 'check', 'rules', 'deploy/prometheus/alerts.yml');
});

test('compose.yaml fits its schema', { skip: programsLack('docker-compose') }, () => {
  run('docker-compose', '-f', 'compose.yaml', 'config', '-q');
});
