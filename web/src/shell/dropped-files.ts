/** Files dropped anywhere on the page, held until the view that imports them takes them. */

let waiting: readonly File[] = [];
let own: readonly File[] = [];
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

/** Keeps files for the view that imports them. */
export function hold(files: readonly File[]): void {
  waiting = [...waiting, ...files];
  tell();
}

/** Handles drops on the whole page; a view that handles a drop itself prevents the default. @returns a function that stops it */
export function watchDrops(onFiles: () => void): () => void {
  const over = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = (event: DragEvent): void => {
    // Otherwise the browser would navigate to the file.
    if (event.defaultPrevented || !event.dataTransfer || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    hold([...event.dataTransfer.files]);
    onFiles();
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

/** Keeps files that belong to a listener until “My music” takes them. */
export function handOver(files: readonly File[]): void {
  own = files;
}

export const hasHandedOver = (): boolean => own.length > 0;

/** Returns the files that were handed over, once. */
export function takeHandedOver(): readonly File[] {
  const taken = own;
  own = [];
  return taken;
}
