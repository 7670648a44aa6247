/** Pointing at a model anywhere dims the others in every chart and marks its rows. */
export function followModels(page: HTMLElement): () => void {
  let followed: string | undefined;
  const listen = (event: PointerEvent): void => {
    const model = event.target instanceof Element ? event.target.closest('.model') : null;
    const next = model ? [...model.classList].find((name) => name.startsWith('model-')) : undefined;
    if (next === followed) return;
    followed = next;
    page.classList.toggle('following', next !== undefined);
    for (const element of page.querySelectorAll('.model'))
      element.classList.toggle('followed', next !== undefined && element.classList.contains(next));
  };
  page.addEventListener('pointerover', listen);
  return () => page.removeEventListener('pointerover', listen);
}
