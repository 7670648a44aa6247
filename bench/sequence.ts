import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Value } from '#typebox/value';
import { leaveLast } from '../src/evaluate/protocols/leave-last.ts';
import { Library } from '../src/library/library.ts';
import { Rng } from '../src/math/rng.ts';
import { sequenceOf } from '../src/models/sequence/order.ts';
import { sequence } from '../src/models/sequence/sequence.ts';
import { type Bench, type Line, lineOf } from './harness.ts';

const WINDOW = 100;
const CUT = 20;

/**
 * Reference models in JAX on the same split: SASRec as published (learned positions, layer norm, 2 layers, 64 factors, tied vectors, from random vectors) with
 * gSASRec's loss or sampled softmax, and GRU4Rec (one GRU layer) with sampled softmax. Prints name, seconds of training, and the rank of each truth.
 */
const PEER = `
import sys, time, json
import numpy as np, jax, jax.numpy as jnp, optax
folder, kinds, epochs, items, K = sys.argv[1], sys.argv[2].split(','), int(sys.argv[3]), int(sys.argv[4]), 512
L, D, B = ${WINDOW}, 64, 32
train = [json.loads(l) for l in open(folder + '/train.jsonl')]
truth = json.load(open(folder + '/truth.json'))
counts = np.zeros(items + 1)
for s in train: np.add.at(counts, s, 1)
flat = np.concatenate([np.array(s) for s in train])

def normal(key, *shape): return jax.random.normal(key, shape) * 0.02
def layer_norm(x, p): 
    m = x.mean(-1, keepdims=True); v = ((x - m) ** 2).mean(-1, keepdims=True)
    return p[0] * (x - m) / jnp.sqrt(v + 1e-8) + p[1]
def drop(key, x, rate): return x * jax.random.bernoulli(key, 1 - rate, x.shape) / (1 - rate)

def create(key, kind):
    k = iter(jax.random.split(key, 40)); ln = lambda: [jnp.ones(D), jnp.zeros(D)]
    p = dict(E=normal(next(k), items + 1, D), P=normal(next(k), L, D), last=ln())
    if kind.startswith('gru'): p['gru'] = [normal(next(k), 2 * D, 3 * D) * 5, jnp.zeros(3 * D)]
    else: p['layers'] = [dict(q=normal(next(k), D, D) * 6, k=normal(next(k), D, D) * 6, v=normal(next(k), D, D) * 6, o=normal(next(k), D, D) * 6,
        a=normal(next(k), D, D) * 6, b=normal(next(k), D, D) * 6, n1=ln(), n2=ln()) for _ in range(2)]
    return p

def run(p, x, key, rate, kind):
    keys = iter(jax.random.split(key, 12)); mask = (x > 0)[..., None]
    h = p['E'][x] * np.sqrt(D) * mask
    if kind.startswith('gru'):
        h = drop(next(keys), h, rate); W, b = p['gru']
        def cell(s, u):
            g = jnp.concatenate([u, s], -1) @ W[:, :2 * D] + b[:2 * D]; z, r = jax.nn.sigmoid(g[:, :D]), jax.nn.sigmoid(g[:, D:])
            n = jnp.tanh(jnp.concatenate([u, r * s], -1) @ W[:, 2 * D:] + b[2 * D:]); s = (1 - z) * s + z * n
            return s, s
        return layer_norm(jax.lax.scan(cell, jnp.zeros((x.shape[0], D)), h.swapaxes(0, 1))[1].swapaxes(0, 1), p['last'])
    h = drop(next(keys), h + p['P'], rate) * mask
    causal = jnp.tril(jnp.ones((L, L), bool)) & (x > 0)[:, None, :]
    for l in p['layers']:
        n = layer_norm(h, l['n1']); s = (n @ l['q']) @ (n @ l['k']).swapaxes(1, 2) / np.sqrt(D)
        w = jax.nn.softmax(jnp.where(causal, s, -1e9), -1)
        h = h + drop(next(keys), (w @ (n @ l['v'])) @ l['o'], rate)
        n = layer_norm(h, l['n2']); h = (h + drop(next(keys), jax.nn.relu(n @ l['a']) @ l['b'], rate)) * mask
    return layer_norm(h, p['last'])

def loss(p, x, y, negatives, log_q, key, kind):
    h = run(p, x, key, 0.2, kind); seen = y > 0
    positive = (h * p['E'][y]).sum(-1); negative = h @ p['E'][negatives].T
    own = negatives == y[..., None]
    if kind.endswith('gbce'):
        share = K / (items - 1); beta = share * (0.75 * (1 - 1 / share) + 1 / share)
        each = beta * jax.nn.softplus(-positive) + jnp.where(own, 0, jax.nn.softplus(negative)).sum(-1)
    else:
        z = jnp.concatenate([positive[..., None], jnp.where(own, -1e9, negative - log_q)], -1)
        each = jax.nn.logsumexp(z, -1) - positive
    return (each * seen).sum() / seen.sum()

def pieces(rng):
    out = []
    for s in train:
        start = rng.integers(1, L + 1) if len(s) > L else len(s)
        cuts = [0] + list(range(start, len(s), L)) + [len(s)]
        for a, b in zip(cuts, cuts[1:]):
            part = s[max(0, a - 1):b]
            if len(part) > 1: out.append(part)
    rng.shuffle(out); return out

def pad(part): return [0] * (L + 1 - len(part[-L - 1:])) + part[-L - 1:]

for kind in kinds:
    rng = np.random.default_rng(1); key = jax.random.PRNGKey(1); p = create(key, kind)
    total = epochs * (len(pieces(np.random.default_rng(0))) // B + 1)
    opt = optax.adam(optax.warmup_cosine_decay_schedule(0, 1e-3, total // 20, total, 1e-4), b2=0.98); state = opt.init(p)
    @jax.jit
    def step(p, state, x, y, n, q, key):
        value, g = jax.value_and_grad(loss)(p, x, y, n, q, key, kind)
        u, state = opt.update(g, state); return optax.apply_updates(p, u), state, value
    before = time.time()
    for epoch in range(epochs):
        parts = pieces(rng); losses = []
        for at in range(0, len(parts) - B + 1, B):
            rows = np.array([pad(s) for s in parts[at:at + B]])
            even = K if kind.endswith('gbce') else K // 2
            n = np.concatenate([rng.integers(1, items + 1, even), rng.choice(flat, K - even)])
            q = np.log(even / items + (K - even) * counts[n] / len(flat))
            key, sub = jax.random.split(key)
            p, state, value = step(p, state, rows[:, :-1], rows[:, 1:], n, q, sub); losses.append(value)
        print(kind, 'epoch', epoch, float(np.mean(losses)), round(time.time() - before), file=sys.stderr)
    seconds = time.time() - before; ranks = []
    score = jax.jit(lambda p, x: run(p, x, jax.random.PRNGKey(0), 0.0, kind)[:, -1] @ p['E'].T)
    for at in range(0, len(truth), B):
        rows = [pad(s)[1:] for s, _ in truth[at:at + B]]; few = len(rows); rows += [rows[0]] * (B - few)
        scores = np.array(score(p, np.array(rows)))
        for r in range(few):
            seeds, t = truth[at + r]; scores[r, seeds] = -1e9; scores[r, 0] = -1e9
            ranks.append(int((scores[r] > scores[r, t]).sum()) if t > 0 else -1)
    print(json.dumps(dict(kind=kind, seconds=seconds, ranks=ranks)), flush=True)
`;

const quality = (ranks: readonly number[]): string => {
  const ndcg = ranks.reduce((sum, r) => sum + (r >= 0 && r < CUT ? 1 / Math.log2(r + 2) : 0), 0) / ranks.length;
  const hits = ranks.filter((r) => r >= 0 && r < CUT).length / ranks.length;
  return `NDCG@${CUT} ${ndcg.toFixed(4)}, hit rate@${CUT} ${hits.toFixed(4)}`;
};

/** `npm run bench -- sequence --value LIBRARY [--value EPOCHS] [--value OWNERS]`; SEGUE_BENCH_PYTHON names a Python with jax and optax. */
export const sequenceBench: Bench = {
  id: 'sequence',
  title: 'next song: the sequence model, and SASRec and GRU4Rec in JAX, on one leave-last split',
  heavy: true,
  async run({ seed, values, say }) {
    const [folder = '', epochs = '6', asked = '3000'] = values;
    const dataset = await (await Library.open(folder)).dataset();
    const [fold] = [...leaveLast.folds(dataset, { last: 1, queries: Number(asked) }, new Rng(seed))];
    const { train, cases } = fold!;
    const lines: Line[] = [];
    for (const titleDropout of [0.3, 1]) {
      const config = { ...Value.Create(sequence.config), epochs: Number(epochs), titleDropout };
      const before = performance.now();
      const fitted = await sequence.fit(train, config, { rng: new Rng(seed) });
      const seconds = (performance.now() - before) / 1000;
      const times: number[] = [];
      const ranks = cases.map(({ query, truth }) => {
        const start = performance.now();
        const { tracks } = fitted.recommend(titleDropout < 1 ? query : { ...query, title: '' }, 100);
        times.push(performance.now() - start);
        return tracks.indexOf(truth[0]!);
      });
      fitted.dispose?.();
      const rate = `training ${seconds.toFixed(0)} s`;
      lines.push(
        lineOf(titleDropout < 1 ? 'sequence' : 'sequence without titles', times, { rate, quality: quality(ranks) }),
      );
    }
    const numbers = new Map<number, number>();
    const numberOf = (track: number): number => numbers.get(track) ?? 0;
    for (const track of train.byOwner.idx) if (!numbers.has(track)) numbers.set(track, numbers.size + 1);
    const temporary = mkdtempSync(join(tmpdir(), 'segue-bench-'));
    try {
      const owners = Array.from({ length: train.owners.count }, (_, o) => [...sequenceOf(train, o)].map(numberOf));
      writeFileSync(join(temporary, 'train.jsonl'), owners.map((row) => JSON.stringify(row)).join('\n'));
      const truth = cases.map(({ query, truth }) => [[...query.seeds].map(numberOf), numberOf(truth[0]!)]);
      writeFileSync(join(temporary, 'truth.json'), JSON.stringify(truth));
      for (const kind of (process.env.SEGUE_BENCH_PEERS ?? 'sasrec-softmax,sasrec-gbce,gru-softmax').split(',')) {
        say(`peer ${kind}`);
        const python = process.env.SEGUE_BENCH_PYTHON ?? 'python3';
        const args = ['-c', PEER, temporary, kind, epochs, String(numbers.size)];
        const { status, stdout } = spawnSync(python, args, {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'inherit'],
          maxBuffer: 1e9,
        });
        if (status !== 0) {
          lines.push({ what: `${kind}: this Python has no jax and optax`, median: Number.NaN, spread: 0, runs: 0 });
          continue;
        }
        const peer = JSON.parse(stdout) as { seconds: number; ranks: number[] };
        const rate = `training ${peer.seconds.toFixed(0)} s`;
        lines.push({ what: kind, median: Number.NaN, spread: 0, runs: 1, rate, quality: quality(peer.ranks) });
      }
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
    return lines;
  },
};
