import { SaxesParser } from 'saxes';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { unreadable } from '../input.ts';
import { streamText } from '../text.ts';

export type XmlEvent =
  | { type: 'open'; name: string; attributes: Readonly<Record<string, string>> }
  | { type: 'close'; name: string; text: string };

/** Text without any tag is no longer in a list. */
const LONGEST = 4 << 20;
const DEEPEST = 64;

/**
 * The tags of an XML file by batches as they come, each closing one with the text since the last tag. Entities that a file declares itself are an
 * error, so none can grow. @throws SegueError FILE_UNREADABLE
 */
export async function* xmlEvents(input: string, signal?: AbortSignal): AsyncGenerator<readonly XmlEvent[]> {
  const parser = new SaxesParser();
  let events: XmlEvent[] = [];
  let text = '';
  let depth = 0;
  let silent = 0;
  parser.on('opentag', (tag) => {
    if (++depth > DEEPEST) throw unreadable(input, `nests deeper than ${DEEPEST} levels`, 'a list as XML');
    events.push({ type: 'open', name: tag.name, attributes: tag.attributes });
    text = '';
    silent = 0;
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('cdata', (part) => {
    text += part;
  });
  parser.on('closetag', (tag) => {
    depth--;
    events.push({ type: 'close', name: tag.name, text });
    text = '';
    silent = 0;
  });
  parser.on('error', (cause) => {
    throw unreadable(input, `is damaged XML (${cause.message})`, 'the file as it was exported', cause);
  });
  try {
    for await (const chunk of streamText(input)) {
      throwIfCancelled(signal, 'the import');
      silent += chunk.length;
      parser.write(chunk);
      if (silent > LONGEST + chunk.length) throw unreadable(input, 'has a text longer than 4 MB', 'a list as XML');
      yield events;
      events = [];
    }
    parser.close();
    yield events;
  } catch (cause) {
    if (cause instanceof SegueError) throw cause;
    throw unreadable(input, 'is damaged XML', 'the file as it was exported', cause);
  }
}
