import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom';

/** Distance between a menu and the edge of the window, in pixels. */
const EDGE = 8;
/** Minimum height of a menu, in pixels; below that it scrolls. */
const LEAST_HEIGHT = 120;

/** Keeps a menu next to its button, on the side with room for it. @returns a function that stops it */
export function placeMenu(button: HTMLElement, menu: HTMLElement): () => void {
  const place = async (): Promise<void> => {
    const { x, y } = await computePosition(button, menu, {
      strategy: 'fixed',
      placement: 'bottom-end',
      middleware: [
        offset(4),
        flip({ padding: EDGE }),
        shift({ padding: EDGE, crossAxis: true }),
        size({
          padding: EDGE,
          apply: ({ availableHeight, elements }) => {
            elements.floating.style.maxHeight = `${Math.max(LEAST_HEIGHT, availableHeight)}px`;
          },
        }),
      ],
    });
    menu.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
    menu.dataset.placed = '';
  };
  return autoUpdate(button, menu, () => void place());
}
