import type { QueryClient } from '@tanstack/react-query';
import { ApiError, api } from '../api/client.ts';

/** Whether the server responds: set by any call without a response, cleared by a successful health check. */
const POLL_MS = 2_000;

export class ServerStatus {
  private down = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private client: QueryClient | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly isDown = (): boolean => this.down;

  attach(client: QueryClient): void {
    this.client = client;
  }

  /** Records a failed call. */
  failed(error: unknown): void {
    if (!(error instanceof ApiError) || !error.offline || this.down) return;
    this.set(true);
    this.timer = setTimeout(() => void this.check(), POLL_MS);
  }

  /** Checks now; when the server is back, all failed queries are repeated. */
  async check(): Promise<void> {
    clearTimeout(this.timer);
    try {
      await api.health();
      this.set(false);
      await this.client?.refetchQueries({ predicate: (query) => query.state.status === 'error' || query.isStale() });
    } catch {
      this.set(true);
      this.timer = setTimeout(() => void this.check(), POLL_MS);
    }
  }

  private set(down: boolean): void {
    if (down === this.down) return;
    this.down = down;
    for (const listener of this.listeners) listener();
  }
}
