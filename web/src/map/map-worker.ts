import { GraphicsPainter } from './graphics-painter.ts';
import { type NameStyle, NameWriter } from './name-writer.ts';
import type { Painter, PainterChoice, Places } from './painter.ts';
import type { View } from './picture.ts';
import { ProcessorPainter } from './processor-painter.ts';
import type { RegionName } from './regions.ts';

/** Messages from the page to the worker that draws the map. */
export type ToWorker =
  | { kind: 'open'; places: Places; choice?: PainterChoice }
  | { kind: 'colours'; palette: Uint8Array; numbers: Uint8Array }
  | { kind: 'lit'; places: Places; numbers: Uint8Array }
  | { kind: 'names'; names: readonly RegionName[]; style: NameStyle }
  | { kind: 'paint'; view: View };

/** Messages from the worker: one picture for each `paint`. */
export type FromWorker =
  | { kind: 'picture'; picture: ImageBitmap; view: View; tookMs: number; painter: string }
  | { kind: 'unable'; message: string };

/** The part of a worker's global object used here; TypeScript's worker library would exclude that of the page. */
interface Port {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

const port = self as unknown as Port;
let painter: Painter | null = null;
const names = new NameWriter();

/**
 * Uses the graphics card when there is one. Where WebGL is missing or implemented in software, writing the pixels ourselves is many times faster.
 * @param choice overrides this
 */
function choosePainter(places: Places, choice?: PainterChoice): Painter {
  const graphics = choice === 'processor' ? null : GraphicsPainter.open(places, choice === 'graphics');
  return graphics ?? new ProcessorPainter(places);
}

function answer(message: ToWorker): void {
  if (message.kind === 'open') painter = choosePainter(message.places, message.choice);
  else if (message.kind === 'colours') painter?.setColours(message.palette, message.numbers);
  else if (message.kind === 'lit') painter?.setLit(message.places, message.numbers);
  else if (message.kind === 'names') names.set(message.names, message.style);
  else if (painter) {
    const start = performance.now();
    const picture = painter.paint(message.view, (context, view) => names.write(context, view));
    const tookMs = performance.now() - start;
    port.postMessage({ kind: 'picture', picture, view: message.view, tookMs, painter: painter.name }, [picture]);
  }
}

port.onmessage = ({ data }) => {
  try {
    answer(data);
  } catch (error) {
    port.postMessage({
      kind: 'unable',
      message: error instanceof Error ? error.message : 'The map couldn’t be drawn.',
    });
  }
};
