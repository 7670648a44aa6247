import { FileUp } from 'lucide-react';
import { type ReactNode, useRef } from 'react';

/**
 * A button that opens the browser's file dialog. The same files can be chosen twice in a row.
 * @param label names the hidden input for assistive technology
 */
export function ChooseFiles({
  label,
  primary = false,
  disabled = false,
  onChoose,
}: {
  label: string;
  primary?: boolean;
  disabled?: boolean;
  onChoose: (files: readonly File[]) => void;
}): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={primary ? 'button primary' : 'button'}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        <FileUp size={16} aria-hidden /> Choose files
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={(event) => {
          onChoose([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
