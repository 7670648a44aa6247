import { throwIfCancelled } from '../../errors.ts';
import { unreadable } from '../input.ts';
import { streamText } from '../text.ts';

const LONGEST = 4 << 20;

/** The lines of a text file of any line ends, none of them longer than 4 MB, by batches. @throws SegueError FILE_UNREADABLE, CANCELLED */
export async function* personalLines(
  input: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly { text: string; line: number }[]> {
  let line = 0;
  let open = '';
  for await (const text of streamText(input)) {
    throwIfCancelled(signal, 'the import');
    const lines = (line === 0 && open === '' ? text.replace(/^\uFEFF/, '') : open + text).split(/\r\n|\n|\r(?!$)/);
    open = lines.pop()!;
    if (open.length > LONGEST) throw unreadable(input, `has a line of more than ${LONGEST >> 20} MB`, 'a list as text');
    yield lines.map((complete) => ({ text: complete, line: ++line }));
  }
  if (open !== '') yield [{ text: open.replace(/\r$/, ''), line: ++line }];
}
