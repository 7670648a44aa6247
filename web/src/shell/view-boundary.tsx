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
          title="This view stopped"
          action={
            <button type="button" className="button" onClick={() => window.location.reload()}>
              Load the page again
            </button>
          }
        >
          Your songs and dials are kept in the address of this page.
        </Notice>
      </div>
    );
  }
}
