/** One wrong change to the code, and the test file that must detect it. */
export interface Mutation {
  /** The defect, in a few words. */
  readonly name: string;
  readonly file: string;
  /** Text that occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
  readonly test: string;
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'two columns of hybrid are swapped',
    file: 'src/models/hybrid/features.ts',
    from: "rows[at + AT['artist popularity']] = entries;\n    rows[at + AT['share of artist']] = entries > 0 ? holders / entries : 0;",
    to: "rows[at + AT['share of artist']] = entries;\n    rows[at + AT['artist popularity']] = entries > 0 ? holders / entries : 0;",
    test: 'src/models/hybrid/features.test.ts',
  },
  {
    name: 'the checksum of arrays in models and datasets is not checked',
    file: 'src/dataset/container.ts',
    from: 'crc32(bytesOf(array)) !== crc || !isZero(padding)',
    to: '!isZero(padding)',
    test: 'src/models/artifact.test.ts',
  },
  {
    name: 'the checksum of a container header is not checked',
    file: 'src/dataset/container.ts',
    from: 'if (crc32(bytes) !== crc) return null;',
    to: '',
    test: 'src/models/artifact.test.ts',
  },
  {
    name: 'waiting songs have no cap',
    file: 'src/library/waiting.ts',
    from: 'if (!room || bytes > this.limits.rowBytes || held.texts.has(text)) continue;',
    to: 'if (held.texts.has(text)) continue;',
    test: 'src/library/waiting.test.ts',
  },
  {
    name: 'waiting songs are kept twice',
    file: 'src/library/waiting.ts',
    from: ' || held.texts.has(text)) continue;',
    to: ') continue;',
    test: 'src/library/waiting.test.ts',
  },
  {
    name: 'NDCG discounts ranks off by one',
    file: 'src/evaluate/metrics/ndcg.ts',
    from: 'discountTable((rank) => 1 / Math.log2(rank + 1))',
    to: 'discountTable((rank) => 1 / Math.log2(rank + 2))',
    test: 'test/golden/metrics/metrics.test.ts',
  },
  {
    name: 'clicks count from the first hit, not from the rank before it',
    file: 'src/evaluate/metrics/clicks.ts',
    from: 'Math.floor((hitRanks[0]! - 1) / PAGE)',
    to: 'Math.floor(hitRanks[0]! / PAGE)',
    test: 'src/evaluate/metrics/metrics.test.ts',
  },
  {
    name: "Holm's correction corrects every p-value alike",
    file: 'src/evaluate/statistics/paired.ts',
    from: '(m - rank) * p[order[rank]!]!',
    to: 'm * p[order[rank]!]!',
    test: 'test/golden/statistics/statistics.test.ts',
  },
  {
    name: 'a test track in its owner’s training row is no leak',
    file: 'src/evaluate/run/leaks.ts',
    from: "if (marks[track] === inTraining) leak(owner, track, 'is in both the truth and the training data');\n      else if",
    to: 'if',
    test: 'src/evaluate/protocols/protocols.test.ts',
  },
  {
    name: 'versions of a song are not folded into one',
    file: 'src/recommend/steps/versions.ts',
    from: '    for (const key of keys) taken.add(key);\n    kept.push(candidate);',
    to: '    kept.push(candidate);',
    test: 'src/recommend/steps/steps.test.ts',
  },
  {
    name: 'perArtist is ignored',
    file: 'src/recommend/steps/limits.ts',
    from: 'for (const artist of artists) if (full(artistCounts, artist, perArtist)) return false;',
    to: '',
    test: 'src/recommend/steps/steps.test.ts',
  },
  {
    name: 'the automatic artist limit is never lifted',
    file: 'src/recommend/per-artist.ts',
    from: "query.seeds.length > 1 && artists.size === 1 && query.title === '' ? undefined : AUTOMATIC",
    to: 'AUTOMATIC',
    test: 'src/recommend/per-artist.test.ts',
  },
  {
    name: 'filters let unknown values pass although keepUnknown is false',
    file: 'src/recommend/filters.ts',
    from: "typeof keep === 'boolean' ? keep : keep.includes(dial)",
    to: "typeof keep === 'boolean' ? true : keep.includes(dial)",
    test: 'src/recommend/filters.test.ts',
  },
  {
    name: 'a banned artist is not banned',
    file: 'src/recommend/bans.ts',
    from: 'if (asArtist >= 0) bannedArtists.add(asArtist);\n  else if (named)',
    to: 'if (named)',
    test: 'src/recommend/engine.test.ts',
  },
  {
    name: 'settings are written without the lock',
    file: 'src/library/settings.ts',
    from: 'const unlock = await lockPatiently(library);',
    to: 'const unlock = (): void => {};',
    test: 'src/library/settings.test.ts',
  },
  {
    name: "the lock ignores the holder's host",
    file: 'src/library/lock.ts',
    from: "if (host !== '' && host !== here) return true;",
    to: '',
    test: 'src/library/lock.test.ts',
  },
  {
    name: 'the lock ignores when its process started',
    file: 'src/library/lock.ts',
    from: "return started === '' || now === '' || now === started;",
    to: 'return true;',
    test: 'src/library/lock.test.ts',
  },
  {
    name: 'an import renumbers what exists',
    file: 'src/library/library.ts',
    from: 'const all = [...kept, ...fresh];',
    to: 'const all = [...kept, ...fresh].sort(mergeOrder);',
    test: 'src/library/library.test.ts',
  },
  {
    name: 'a request may contact an undeclared host',
    file: 'src/connect/network.ts',
    from: 'hosts.find(({ origin }) => origin === url.origin)',
    to: 'hosts.find(({ origin }) => origin === url.origin) ?? hosts[0]',
    test: 'src/connect/network.test.ts',
  },
  {
    name: 'requests follow redirects',
    file: 'src/connect/network.ts',
    from: "redirect: 'manual'",
    to: "redirect: 'follow'",
    test: 'src/connect/network.test.ts',
  },
  {
    name: 'the server answers to any host name (DNS rebinding)',
    file: 'src/serve/hosts.ts',
    from: 'if (!names.allow(request.host)) {',
    to: 'if (false) {',
    test: 'src/serve/app.test.ts',
  },
  {
    name: 'data can end the script element of a report',
    file: 'src/serve/report-page.ts',
    from: ".replaceAll('<', '\\\\u003c')",
    to: '',
    test: 'src/serve/report-page.test.ts',
  },
  {
    name: 'models answer with the seeds of the query',
    file: 'src/models/ranking.ts',
    from: 'for (const seed of query.seeds) barred.add(seed);\n  const { allowed } = query;',
    to: 'const { allowed } = query;',
    test: 'test/contract/models.test.ts',
  },
];
