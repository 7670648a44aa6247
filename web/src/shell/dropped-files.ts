/** Files dropped anywhere on the page, held until the view that imports them takes them. */

let waiting: readonly File[] = [];
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

/** Handles drops on the whole page; a view that handles a drop itself prevents the default. @returns a function that stops it */
export function watchDrops(onFiles: () => void): () => void {
  const over = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = (event: DragEvent): void => {
    // Otherwise the browser would navigate to the file.
    if (event.defaultPrevented || !event.dataTransfer || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    waiting = [...waiting, ...event.dataTransfer.files];
    onFiles();
    tell();
  };
  window.addEventListener('dragover', over);
  window.addEventListener('drop', drop);
  return () => {
    window.removeEventListener('dragover', over);
    window.removeEventListener('drop', drop);
  };
}

export const dropped = (): readonly File[] => waiting;

/** Returns the files and clears them. */
export function takeDropped(): readonly File[] {
  const taken = waiting;
  waiting = [];
  if (taken.length > 0) tell();
  return taken;
}

export function onDropped(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
