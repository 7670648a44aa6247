import type { App } from '../context.ts';

const routes = new WeakMap<App, string[]>();

/** Records every route added from now on, as `GET /api/models`. */
export function rememberRoutes(app: App): void {
  const known: string[] = [];
  routes.set(app, known);
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') known.push(`${one} ${url}`);
  });
}

/** Every route of an app, once; HEAD goes with GET. */
export const routesOf = (app: App): string[] => [...new Set(routes.get(app))];
