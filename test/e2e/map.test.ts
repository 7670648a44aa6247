import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { skip, until, World } from './world.ts';

/** Number of painted pixels in the picture, of colours among every ninth of them, and of pixels in the ink's colour. */
const painted = (page: Page): Promise<{ pixels: number; colours: number; ink: number }> =>
  page.evaluate(`(() => {
    const canvas = document.querySelector('.map-window canvas');
    const copy = document.createElement('canvas');
    const { width, height } = canvas.getBoundingClientRect();
    Object.assign(copy, { width: Math.round(width), height: Math.round(height) });
    const context = copy.getContext('2d');
    context.drawImage(canvas, 0, 0, copy.width, copy.height);
    const words = new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer);
    const [r, g, b] = getComputedStyle(document.body).color.match(/\\d+/g).map(Number);
    const ink = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    return {
      pixels: words.filter((w) => w >>> 24 > 0).length,
      colours: new Set(words.filter((_, i) => i % 9 === 0)).size,
      ink: words.filter((w) => w === ink).length,
    };
  })()`);

/** Waits until the picture is complete: on a busy machine it reaches the page some time after it was drawn. */
async function untilPainted(page: Page): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const { pixels, colours, ink } = await painted(page);
    if (pixels > 3_000 && colours > 8 && ink > 300) return;
    assert.ok(
      Date.now() < end,
      `${pixels} painted pixels, ${colours} colours and ${ink} pixels of names for 3,008 songs`,
    );
    await page.waitForTimeout(100);
  }
}

const drawn = (page: Page, what: string): Promise<string> =>
  page.evaluate<string>(`document.querySelector('.map-window').dataset.${what}`);

describe('the map is drawn beside the page', { skip, timeout: 240_000 }, () => {
  let world: World;
  before(async () => {
    world = await World.open();
  });
  after(() => world?.close());

  for (const painter of ['processor', 'graphics'] as const)
    test(`by ${painter}: points are there, dragging shifts the picture, zooming draws a new one`, async () => {
      const { page, complaints } = await world.page();
      await page.addInitScript(`localStorage.setItem('segue-map-painter', '${painter}')`);
      await page.goto(`${world.url}/#/map`);
      await page.locator('[data-drawn][data-state=idle]').waitFor();
      assert.match(await drawn(page, 'drawn'), painter === 'graphics' ? /^WebGL 2 by/ : /^the processor$/);
      await until(page, "document.querySelectorAll('.map-window canvas').length === 1");
      await untilPainted(page);

      const box = (await page.getByRole('application').boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const corner = (): Promise<{ x: number; y: number }> =>
        page.evaluate(
          '(({ x, y }) => ({ x, y }))(document.querySelector(".map-window canvas").getBoundingClientRect())',
        );
      await until(page, 'document.querySelector(".map-window canvas").style.transform !== ""');
      await page.locator('[data-state=idle]').waitFor();
      const before = { ...(await corner()), pictures: await drawn(page, 'pictures') };
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 90, y - 40, { steps: 5 });
      const focus = (selector: string): Promise<boolean> =>
        page.evaluate(`document.activeElement.matches('${selector}')`);
      assert.equal(await focus('.map-window'), true, 'its keys work next');
      assert.equal(await focus(':focus-visible'), false, 'no ring for a mouse');
      await page.mouse.up();
      const canvas = 'document.querySelector(".map-window canvas").getBoundingClientRect()';
      await until(page, `Math.hypot(${canvas}.x - ${before.x + 90}, ${canvas}.y - ${before.y - 40}) < 0.6`);
      assert.equal(await drawn(page, 'pictures'), before.pictures, 'no picture was drawn for it');

      await page.mouse.wheel(0, -400);
      await until(page, `Number(document.querySelector('.map-window').dataset.pictures) > ${before.pictures}`);
      await until(page, '/scale\\(1\\)$/.test(document.querySelector(".map-window canvas").style.transform)');
      await untilPainted(page);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
});
