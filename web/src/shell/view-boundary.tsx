import { Component, type ReactNode } from 'react';
import { Notice } from '../ui/notice.tsx';

/** A defect in one view leaves the rest of the page standing. */
export class ViewBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
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
