import { Component, type ReactNode } from 'react';
import { Notice } from '../ui/notice.tsx';
import type { ServerStatus } from './server-status.ts';

interface Props {
  children: ReactNode;
  status: ServerStatus;
}

/** A defect in one view leaves the rest of the page standing; one that the server's absence caused ends with it. */
export class ViewBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };
  private unsubscribe: (() => void) | null = null;

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    const { status } = this.props;
    // A part of the page that could not be fetched is remembered as missing until the page is loaded again.
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
