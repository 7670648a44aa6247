import { readInput, unreadable } from '../input.ts';
import { isRecord } from './values.ts';

/** Libraries and playlists of one account are far smaller. */
const MOST = 256 << 20;

/** A JSON file that is one object. @throws SegueError FILE_UNREADABLE */
export async function jsonDocument(input: string): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await readInput(input, MOST);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw unreadable(input, 'is damaged or truncated JSON', 'the file as it was exported', cause);
  }
  if (!isRecord(value)) throw unreadable(input, 'holds no object', 'the file as it was exported');
  return value;
}
