import { readdirSync, readFileSync } from 'node:fs';
import { Library } from '../src/library/library.ts';
import { Rng } from '../src/math/rng.ts';
import { offer } from './load/offer.ts';
import { MeasuredServer } from './load/server.ts';
import { quantile } from './harness.ts';
const [dir, model, seconds = '12', clients = '8'] = process.argv.slice(2);
const lib = await (await Library.open(dir!)).dataset();
const rng = new Rng(42);
const bodies = Array.from({ length: 5000 }, () => {
  const songs = new Set<number>();
  while (songs.size < 10) {
    const of = lib.tracksOf(rng.below(lib.owners.count));
    const from = rng.below(Math.max(1, of.length - 10));
    for (const t of of.subarray(from, from + 10 - songs.size)) songs.add(t);
  }
  return JSON.stringify({ model, n: 50, seeds: Array.from(songs, (t) => ({ track: lib.tracks.vocabulary.id(t) })) });
});
const server = await MeasuredServer.start(dir!);
const pid = (server as any).child.pid;
const cpu = () => Object.fromEntries(readdirSync(`/proc/${pid}/task`).map((t) => { const s = readFileSync(`/proc/${pid}/task/${t}/stat`, 'latin1'); const f = s.split(') ')[1]!.split(' '); return [t + ' ' + /\((.*)\)/.exec(s)![1], [Number(f[11]), Number(f[12])]]; }));
await server.answered(bodies[0]!, 60000);
await offer(server, { bodies, connections: 8, seconds: 4 });
const r = await fetch(`${server.address}/api/recommendations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: bodies[1]! });
console.log('bytes of an answer', (await r.text()).length);
const a = cpu();
const o = await offer(server, { bodies, connections: Number(clients), seconds: Number(seconds) });
const b = cpu();
console.log(model, o.times.length, 'answers', o.perCore.toFixed(1), 'per cpu s; p50', quantile(o.times, .5), 'p99', quantile(o.times, .99));
for (const [t, [u, s]] of Object.entries(b)) { const [u0, s0] = a[t] ?? [0, 0]; if (u! + s! - u0! - s0! > 5) console.log(t, 'user ms/answer', ((u! - u0!) * 10 / o.times.length).toFixed(3), 'sys', ((s! - s0!) * 10 / o.times.length).toFixed(3)); }
await server.end();
