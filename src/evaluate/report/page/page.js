// Pointing at a model anywhere dims the others everywhere.
const marked = [...document.querySelectorAll('[data-model]')];
const show = (model) => {
  document.body.classList.toggle('following', model !== null);
  for (const element of marked) element.classList.toggle('followed', element.dataset.model === model);
};
for (const element of marked) {
  element.addEventListener('pointerenter', () => show(element.dataset.model));
  element.addEventListener('pointerleave', () => show(null));
}
