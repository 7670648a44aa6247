import { useSyncExternalStore } from 'react';

/** From this width, the dials are placed beside the list; the style sheets use the same value. */
const WIDE = '(min-width: 1021px)';

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(WIDE);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Whether the window has room for two columns. */
export const useWide = (): boolean => useSyncExternalStore(subscribe, () => window.matchMedia(WIDE).matches);
