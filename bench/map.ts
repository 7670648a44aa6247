import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { Library } from '../src/library/library.ts';
import { train } from '../src/recommend/train.ts';
import { startServer } from '../src/serve/server.ts';
import { demo, demoBatches } from '../src/sources/demo/demo.ts';
import { type Bench, type Line, lineOf, quantile } from './harness.ts';

const CHROMIUM = process.env.SEGUE_CHROMIUM ?? '/usr/bin/chromium';
const TRACKS = 200_000;
const SECONDS = 6;
const QUIET =
  '--headless --no-sandbox --no-first-run --disable-background-networking --disable-component-update --disable-sync';
/** Typical machines: one that does everything in software, and one with a graphics process, which also renders in software when there is no card. */
const BROWSERS: readonly [string, string][] = [
  ['all in software', '--disable-gpu'],
  ['graphics process', '--use-angle=swiftshader --enable-unsafe-swiftshader'],
];
/** Painters: the page's own choice for such a machine, and WebGL for comparison. */
const PAINTERS = ['processor', 'graphics'] as const;

interface Pan {
  renderer: string;
  /** Main-thread milliseconds per frame: wall-clock, and processor time. */
  main: number;
  processor: number;
  /** Milliseconds between frames shown on the screen. */
  gaps: number[];
  /** The longest task of the main thread in milliseconds. */
  longest: number;
  /** Number of pictures drawn off the main thread, and the time of the last one. */
  pictures: number;
  pictureMs: number;
}

/** Name of this browser's WebGL renderer. */
const RENDERER = `(() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl && gl.getExtension('WEBGL_debug_renderer_info');
  return info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : 'no WebGL';
})()`;

/** Microseconds. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Processor time. */
  tdur?: number;
  args?: { name?: string };
}

/** Sum and maximum of the main thread's tasks, in milliseconds. */
function mainThread(events: readonly TraceEvent[], pid: number): { wall: number; processor: number; longest: number } {
  const main = events.find((e) => e.name === 'thread_name' && e.pid === pid && e.args?.name === 'CrRendererMain');
  const total = { wall: 0, processor: 0, longest: 0 };
  for (const { name, tid, dur = 0, tdur = 0 } of events.filter((e) => e.pid === pid)) {
    if (name !== 'RunTask' || tid !== main?.tid) continue;
    total.wall += dur / 1000;
    total.processor += tdur / 1000;
    total.longest = Math.max(total.longest, dur / 1000);
  }
  return total;
}

/** Drags the map with the mouse and reports the cost. Frames are those that the compositor displayed, according to the browser's own trace. */
async function drag(page: Page): Promise<Pan> {
  const session = await page.context().newCDPSession(page);
  const renderer = await page.evaluate<string>(RENDERER);
  const box = (await page.getByRole('application').boundingBox())!;
  const place = (i: number): [number, number] => [
    box.x + box.width / 2 + 420 * Math.sin(i / 21),
    box.y + box.height / 2 + 240 * Math.cos(i / 17),
  ];
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  // Zoom in so far that the edges of a picture come into view.
  await page.mouse.wheel(0, -800);
  await page.waitForTimeout(2000);
  await page.mouse.move(...place(0));
  await page.mouse.down();
  const drawn = async (what: string): Promise<number> =>
    Number(await page.getByRole('application').getAttribute(`data-${what}`));
  const earlier = await drawn('pictures');
  await session.send('Tracing.start', {
    traceConfig: {
      includedCategories: ['disabled-by-default-devtools.timeline', 'disabled-by-default-devtools.timeline.frame'],
    },
    transferMode: 'ReportEvents',
  });
  const start = performance.now();
  for (let i = 0; performance.now() - start < SECONDS * 1000; i++) await page.mouse.move(...place(i));
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  await page.mouse.up();
  const frames = events.filter((e) => e.name === 'DrawFrame').sort((a, b) => a.ts - b.ts);
  const { wall, processor, longest } = mainThread(events, frames[0]?.pid ?? 0);
  return {
    renderer,
    main: wall / frames.length,
    processor: processor / frames.length,
    gaps: frames.slice(1).map((e, i) => (e.ts - frames[i]!.ts) / 1000),
    longest,
    pictures: (await drawn('pictures')) - earlier,
    pictureMs: await drawn('took-ms'),
  };
}

async function measure(name: string, flags: string, painter: string, address: string): Promise<[Line, string]> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: `${QUIET} ${flags}`.split(' ') });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(`localStorage.setItem('segue-map-painter', '${painter}')`);
    await page.goto(`${address}/#/map`);
    await page.locator('[data-drawn]').waitFor({ timeout: 120_000 });
    const pan = await drag(page);
    const seconds = pan.gaps.reduce((a, b) => a + b, 0) / 1000;
    const line = lineOf(
      `${name}, points by ${painter === 'graphics' ? 'WebGL' : 'the processor'}: frame to frame`,
      pan.gaps,
      {
        rate: `${(pan.gaps.length / seconds).toFixed(1)} frames/s, 99 % within ${quantile(pan.gaps, 0.99).toFixed(0)} ms`,
        quality: `main thread ${pan.main.toFixed(2)} ms a frame (processor ${pan.processor.toFixed(2)}), longest task ${pan.longest.toFixed(0)} ms; ${pan.pictures} pictures of ${pan.pictureMs.toFixed(0)} ms`,
        goal: { text: 'main thread ≤ 8 ms a frame', met: pan.main <= 8 },
      },
    );
    return [line, pan.renderer];
  } finally {
    await browser.close();
  }
}

export const map: Bench = {
  id: 'map',
  title: `The map dragged about in Chromium, ${TRACKS.toLocaleString('en')} points of a demo world (--value a library folder)`,
  async run({ values, seed, say }) {
    if (!existsSync(CHROMIUM)) {
      say(`there is no Chromium at ${CHROMIUM} (SEGUE_CHROMIUM names another)`);
      return [];
    }
    const own = values[0] ? undefined : await mkdtemp(join(tmpdir(), 'segue-bench-'));
    const library = await Library.open(values[0] ?? own!);
    if (own) {
      say('making the library');
      await library.importBatches(demo, 'bench', demoBatches({ tracks: TRACKS, playlists: 2000, seed }));
      await train(library, { models: ['popularity'] });
    }
    const server = await startServer(library, { host: '127.0.0.1', port: 0 });
    try {
      const lines: Line[] = [];
      for (const [name, flags] of BROWSERS)
        for (const painter of PAINTERS) {
          const [line, renderer] = await measure(name, flags, painter, server.address);
          lines.push(line);
          say(`${name}: WebGL by ${renderer}`);
        }
      return lines;
    } finally {
      await server.close();
      if (own) await rm(own, { recursive: true, force: true });
    }
  },
};
