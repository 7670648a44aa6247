import { mpdLibrary } from './mpd-library.ts';

const t0 = performance.now();
await mpdLibrary('/tmp/mpd-library', console.error);
console.log('done', (performance.now() - t0) / 1000, process.resourceUsage().maxRSS / 1e6);
