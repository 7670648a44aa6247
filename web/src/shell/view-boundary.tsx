import { Component, type ReactNode } from 'react';
import { Notice } from '../ui/notice.tsx';
import type { ServerStatus } from './server-status.ts';

interface Props {
  children: ReactNode;
  status: ServerStatus;
}

/** Keeps the rest of the page working when one view fails; a failure caused by the server's absence is cleared when it is back. */
export class ViewBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };
  private unsubscribe: (() => void) | null = null;

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    const { status } = this.props;
    // The browser caches a module that failed to load as missing until the page is reloaded.
    this.unsubscribe ??= status.subscribe(() => {
      if (!status.isDown()) window.location.reload();
    });
    void status.check();
  }

  override componentWillUnmount(): void {
    this.unsubscribe?.();
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert">
        <Notice
          title="This page couldn’t load"
          action={
            <button type="button" className="button" onClick={() => window.location.reload()}>
              Try again
            </button>
          }
        >
          Your songs and dials are safe: they are part of this page’s address.
        </Notice>
      </div>
    );
  }
}
