import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** An icon button; its label is read by screen readers and shown as a tooltip. */
export function IconButton(props: {
  icon: LucideIcon;
  label: string;
  onClick: () => void;
  disabled?: boolean;
  pressed?: boolean;
  size?: number;
}): ReactNode {
  const Icon = props.icon;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      aria-pressed={props.pressed}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon size={props.size ?? 17} strokeWidth={1.9} aria-hidden />
    </button>
  );
}
