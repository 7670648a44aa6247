const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]';
/** A text field would open the keyboard of a phone, so the focus never moves to one by itself. */
const TYPING = 'textarea, input:not([type=checkbox]):not([type=radio]):not([type=range]), [role=combobox]';

/** Code that moves the focus itself, after the same change, has this long to do so. */
const SETTLE_MS = 100;

const focusableIn = (place: Element): HTMLElement[] =>
  [...(place.matches(FOCUSABLE) ? [place] : []), ...place.querySelectorAll(FOCUSABLE)].filter(
    (element): element is HTMLElement =>
      element instanceof HTMLElement &&
      !element.matches(TYPING) &&
      element.checkVisibility({ visibilityProperty: true }),
  );

/** Where an element was: each of its ancestors with the child that leads to it, from the inside out. */
interface Trail {
  element: Element;
  steps: readonly { parent: Element; child: Element; index: number }[];
  /** Position of the element among the controls of its list item; 0 outside lists. */
  nth: number;
}

function trailOf(element: Element): Trail {
  const steps: { parent: Element; child: Element; index: number }[] = [];
  for (let child = element; child.parentElement && !child.matches('main, dialog'); child = child.parentElement)
    steps.push({ parent: child.parentElement, child, index: [...child.parentElement.children].indexOf(child) });
  const item = element.closest('li, tr');
  return { element, steps, nth: item ? Math.max(0, focusableIn(item).indexOf(element as HTMLElement)) : 0 };
}

/** What took the place of a removed element: the same control of the next list item or of the one before, else the next control, else the content. */
function successor({ element, steps, nth }: Trail): HTMLElement | null {
  for (const { parent, child, index } of steps) {
    if (!parent.isConnected) continue;
    const children = [...parent.children];
    // Only a list has a predecessor that does the same; elsewhere what comes before is something else.
    const before = parent.matches('ul, ol, tbody') ? children.slice(0, index).reverse() : [];
    for (const place of [...children.slice(index), ...before]) {
      // Still there, and searched already.
      if (place === child) continue;
      // A row of a list, of which only one at a time can be reached by Tab.
      if (place instanceof HTMLElement && place.hasAttribute('tabindex') && place.className === element.className)
        return place;
      const controls = focusableIn(place);
      if (controls.length > 0) return controls[Math.min(nth, controls.length - 1)]!;
    }
    if (parent.matches('main, dialog')) break;
  }
  const main = document.querySelector<HTMLElement>('main');
  return document.querySelector<HTMLElement>('dialog[open]') ?? main;
}

/**
 * Keeps the keyboard's place: when the focused element is removed and nothing else takes the focus, what took its place does. Otherwise the browser
 * moves the focus to the top of the page, and a screen reader says nothing.
 * @returns ends it
 */
export function keepFocus(): () => void {
  let trail: Trail | null = null;
  let waiting = 0;
  const onFocus = (event: FocusEvent): void => {
    if (event.target instanceof Element) trail = trailOf(event.target);
  };
  // A click beside every control leaves the focus nowhere on purpose.
  const onPress = (event: PointerEvent): void => {
    if (event.target instanceof Element && !event.target.closest(FOCUSABLE)) trail = null;
  };
  const restore = (): void => {
    waiting = 0;
    const active = document.activeElement;
    if (!trail || trail.element.isConnected || (active && active !== document.body)) return;
    successor(trail)?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(() => {
    if (waiting === 0 && trail && !trail.element.isConnected) waiting = window.setTimeout(restore, SETTLE_MS);
  });
  document.addEventListener('focusin', onFocus);
  document.addEventListener('pointerdown', onPress);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    clearTimeout(waiting);
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('pointerdown', onPress);
    observer.disconnect();
  };
}
