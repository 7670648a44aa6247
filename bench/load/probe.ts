import { parentPort, workerData } from 'node:worker_threads';

// A thread that requests two addresses in turn and reports each response time; separate from the load generator, which would delay it.
const { address, paths, every } = workerData as { address: string; paths: readonly string[]; every: number };
const times: { path: string; ms: number; ok: boolean }[] = [];
let asked = 0;

async function ask(): Promise<void> {
  const path = paths[asked++ % paths.length]!;
  const start = performance.now();
  const ok = await fetch(address + path).then(
    async (response) => {
      await response.text();
      return response.ok;
    },
    () => false,
  );
  times.push({ path, ms: performance.now() - start, ok });
}

const timer = setInterval(() => void ask(), every);
parentPort!.once('message', () => {
  clearInterval(timer);
  parentPort!.postMessage(times);
  parentPort!.close();
});
