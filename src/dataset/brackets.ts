/**
 * A name without its parts in brackets and the space before each: from the first opening bracket to the next closing one, again and again.
 * One pass, whatever the text. @param opening the characters that open a part @param closing those that close one
 */
export function withoutBrackets(text: string, opening: string, closing: string): string {
  let kept = '';
  let from = 0;
  let open = -1;
  for (let i = 0; i < text.length; i++) {
    if (open < 0) {
      if (opening.includes(text[i]!)) open = i;
    } else if (closing.includes(text[i]!)) {
      kept += text.slice(from, open).trimEnd();
      from = i + 1;
      open = -1;
    }
  }
  return kept + text.slice(from);
}
