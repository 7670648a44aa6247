import { Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';

/** A text to be copied into another program. */
export function CopyText({ text, what }: { text: string; what: string }): ReactNode {
  const [said, setSaid] = useState('');
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('The browser blocked the clipboard'),
    );
  return (
    <p className="copy-text">
      <code>{text}</code>
      <button type="button" className="button" aria-label={`Copy: ${what}`} onClick={copy}>
        <Copy size={16} aria-hidden /> Copy
      </button>
      <span role="status">{said}</span>
    </p>
  );
}
