import { Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';

/** Text to copy into another program. */
export function CopyText({ text, what }: { text: string; what: string }): ReactNode {
  return (
    <div className="copy-text">
      <code>{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  );
}

/** Copies a text and reports whether that worked. @param what describes the text to screen readers */
export function CopyButton({ text, what }: { text: string; what: string }): ReactNode {
  const [said, setSaid] = useState('');
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('The browser blocked copying'),
    );
  return (
    <>
      <button type="button" className="button" aria-label={`Copy: ${what}`} onClick={copy}>
        <Copy size={16} aria-hidden /> Copy
      </button>
      <span role="status">{said}</span>
    </>
  );
}
