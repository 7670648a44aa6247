/*
 * Preloaded into a `segue` command by `--import`: what it asks of Spotify goes to the server that SEGUE_TEST_SPOTIFY names. The command itself is the
 * one that people run, with the addresses that it declares.
 */

const there = process.env.SEGUE_TEST_SPOTIFY ?? 'http://127.0.0.1:9';
const real = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const asked = new URL(input instanceof Request ? input.url : input);
  if (!asked.hostname.endsWith('.spotify.com')) throw new Error(`${asked.origin} is not Spotify`);
  return real(new URL(asked.pathname + asked.search, there), init);
};
