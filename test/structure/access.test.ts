import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROUTE_ACCESS } from '../../src/serve/auth/route-access.ts';
import { routesOf } from '../../src/serve/auth/routes-of.ts';
import { appWithAccounts, someProvider } from '../support/app-with-accounts.ts';

test('every route declares who may use it (src/serve/auth/route-access.ts), and every declaration has its route', async (context) => {
  const { app } = await appWithAccounts(context, undefined, {}, someProvider);
  const routes = routesOf(app).filter((route) => !route.startsWith('GET /api/docs'));
  assert.ok(routes.length > 90, 'the routes were read');
  assert.deepEqual(
    routes.filter((route) => !ROUTE_ACCESS.has(route)),
    [],
    'routes without',
  );
  assert.deepEqual(
    [...ROUTE_ACCESS.keys()].filter((route) => !routes.includes(route)),
    [],
    'declarations without a route',
  );
});
