/** What an LRC file says of its song: the text without times, and the names in its tags. */
export interface LyricFile {
  readonly text: string;
  readonly title?: string;
  readonly artist?: string;
  readonly album?: string;
}

const TAG = /^\[([a-z#]+):(.*)\]$/i;
/** Times of lines, `[01:02.34]`, and of words, `<01:02.34>`. */
const TIMES = /\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]|<\d{1,3}:\d{2}(?:[.:]\d{1,3})?>/g;

/** Reads the LRC format, simple or enhanced. A text without times or tags is itself. */
export function parseLrc(content: string): LyricFile {
  const tags = new Map<string, string>();
  const lines: string[] = [];
  for (const raw of content.split(/\r?\n/)) {
    const line = raw.trim();
    const tag = TAG.exec(line);
    if (tag) tags.set(tag[1]!.toLowerCase(), tag[2]!.trim());
    else lines.push(line.replace(TIMES, ' ').trim());
  }
  const named = (key: string): string | undefined => tags.get(key) || undefined;
  const [title, artist, album] = ['ti', 'ar', 'al'].map(named);
  return {
    text: lines.join('\n').trim(),
    ...(title !== undefined && { title }),
    ...(artist !== undefined && { artist }),
    ...(album !== undefined && { album }),
  };
}
