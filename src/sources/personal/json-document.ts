import { readInput, unreadable } from '../input.ts';
import { DEEPEST_JSON, isTooDeep } from '../json-depth.ts';
import { hasTooManyValues, MOST_VALUES } from './json-values.ts';
import { isRecord } from './values.ts';

/** Libraries and playlists of one account are far smaller. */
const MOST = 256 << 20;

/** A JSON file that is one object. @throws SegueError FILE_UNREADABLE */
export async function jsonDocument(input: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await checkedText(input);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(input, 'is damaged or truncated JSON', 'the file as it was exported', cause);
  }
  if (!isRecord(value)) throw unreadable(input, 'holds no object', 'the file as it was exported');
  return value;
}

/** Apart, so that the bytes are gone when the text is parsed. */
async function checkedText(input: string): Promise<string> {
  const bytes = await readInput(input, MOST);
  if (isTooDeep(bytes))
    throw unreadable(input, `nests deeper than ${DEEPEST_JSON} levels`, 'the file as it was exported');
  if (hasTooManyValues(bytes))
    throw unreadable(input, `holds more than ${MOST_VALUES} values`, 'the file as it was exported');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
