// Runs in the page, below the chart definitions: draws every figure in its section, again when the width changes.
const data = JSON.parse(document.getElementById('data').textContent);
const drawn = exploreFigures(data, Plot).map((figure) => {
  const element = document.createElement('figure');
  element.className = figure.size;
  const caption = document.createElement('figcaption');
  const title = document.createElement('h3');
  title.textContent = figure.title;
  caption.append(title);
  if (figure.note) {
    const note = document.createElement('p');
    note.textContent = figure.note;
    caption.append(note);
  }
  const host = document.createElement('div');
  element.append(caption, host);
  document.querySelector(`#${figure.section} .figures`).append(element);
  return { figure, host, width: 0 };
});
for (const section of document.querySelectorAll('section'))
  if (!section.querySelector('figure, table')) section.remove();
for (const link of document.querySelectorAll('nav a'))
  if (!document.querySelector(link.getAttribute('href'))) link.remove();
for (const mark of document.querySelectorAll('[data-cluster]'))
  mark.style.background = clusterColour(Number(mark.dataset.cluster));

function draw() {
  for (const entry of drawn) {
    const width = entry.host.clientWidth;
    if (width === 0 || width === entry.width) continue;
    entry.width = width;
    const chart = Plot.plot({ ...entry.figure.options(width), width });
    chart.setAttribute('role', 'img');
    chart.setAttribute('aria-label', `${entry.figure.title}. ${entry.figure.note ?? ''}`);
    entry.host.replaceChildren(chart);
  }
}
draw();
let waiting = 0;
addEventListener('resize', () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, 120);
});
document.getElementById('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
});
