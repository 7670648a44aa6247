import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSparkJob } from '../src/cli/spark.ts';
import type { Dataset } from '../src/dataset/dataset.ts';
import { evaluate } from '../src/evaluate/evaluate.ts';
import { resolveOptions } from '../src/evaluate/options.ts';
import { protocolById } from '../src/evaluate/registry.ts';
import { readJob, readJobTable } from '../src/library/adopted.ts';
import { exportParquet } from '../src/library/export-parquet.ts';
import { Library } from '../src/library/library.ts';
import { adoptAls } from '../src/models/als/adopt.ts';
import { als } from '../src/models/als/als.ts';
import { type Bench, lineOf } from './harness.ts';

const MASTER = process.env.SEGUE_SPARK_MASTER ?? 'local[2]';
const CLOSE = 0.005;

/** The same model, fitted by Spark's MLlib through export, job and adoption. */
const onSpark: typeof als = {
  ...als,
  async fit(dataset: Dataset, config) {
    const folder = await mkdtemp(join(tmpdir(), 'segue-spark-'));
    try {
      const [data, out] = [join(folder, 'set'), join(folder, 'model')];
      await exportParquet(dataset, data);
      await runSparkJob({ master: MASTER, model: als.id, config: { ...config }, data, out });
      const { meta } = await readJob(out);
      return als.load(adoptAls.build(await readJobTable(out, adoptAls.table), dataset, { ...config }, meta), dataset);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

export const spark: Bench = {
  id: 'spark',
  title: 'als on Spark (MLlib) and here, the same settings on the same split of a library (--value DIR)',
  heavy: true,
  async run({ seed, values, say }) {
    const dataset = await (await Library.open(values[0]!)).dataset();
    const protocol = protocolById('challenge');
    const config = resolveOptions(als.config, { factors: Number(values[1] ?? 64), iterations: 8 }, als.id);
    const report = await evaluate({
      dataset,
      protocol,
      options: resolveOptions(protocol.options, {}, 'protocol'),
      seed,
      candidates: [
        { name: 'here', model: als, config },
        { name: `Spark at ${MASTER}`, model: onSpark, config },
      ],
      threads: 0,
      examples: 0,
      onProgress: ({ model, note }) => say(`${model}: ${note}`),
    });
    const ndcg = report.results.map((r) => r.values['ndcg-challenge@500']?.mean ?? Number.NaN);
    return report.results.map((result, i) =>
      lineOf(result.model, [(result.fitSeconds ?? Number.NaN) * 1000], {
        quality: `NDCG ${ndcg[i]!.toFixed(4)}`,
        goal: i === 1 ? { text: `within ${CLOSE} of ours`, met: ndcg[0]! - ndcg[1]! <= CLOSE } : undefined,
      }),
    );
  },
};
