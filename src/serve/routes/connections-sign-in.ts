import { Type } from '#typebox';
import { CALLBACK } from '../../connect/sign-ins.ts';
import { SegueError } from '../../errors.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { isLoopback } from '../host-names.ts';
import { listenerNamed, ofListener } from '../listener-access.ts';
import { connectBody } from './connections.ts';

/** Where the browser goes after a sign-in. */
const PAGE = '/#/connections';

/** Sign-in on a service's own page. */
export const connectionsSignIn: Routes = (app, context) => {
  const { connected, access, engine } = context;
  const named = listenerNamed(context);
  const tags = ['connections'];
  app.post(
    '/api/connections/sign-in',
    {
      schema: {
        operationId: 'beginSignIn',
        summary: 'Start a sign-in on a service’s own page; returns the address to open',
        tags,
        body: connectBody,
        response: {
          200: Type.Object({
            address: Type.String({ description: 'address of the page where the listener signs in' }),
          }),
          ...errorResponses,
        },
      },
    },
    async (request, reply) => {
      const { signIns } = await connected();
      const listener = await named(request, request.body.listener);
      if (!isLoopback(request.hostname.replace(/^\[(.*)\]$/, '$1')))
        throw new SegueError('NOT_POSSIBLE', {
          got: 'This service sends the browser back to the machine Segue runs on, but this page is open on another',
          remedy: 'Open Segue there at http://127.0.0.1, or run `segue connect` there',
        });
      const { service, settings } = request.body;
      const address = await signIns.begin({
        service,
        listener: listener.id,
        settings,
        redirect: `http://127.0.0.1:${request.socket.localPort}${CALLBACK}`,
        back: `${request.protocol}://${request.host}${PAGE}`,
      });
      return reply.header('cache-control', 'no-store').send({ address });
    },
  );
  app.get(
    CALLBACK,
    {
      schema: {
        operationId: 'finishSignIn',
        summary: "Redirect target of a service's sign-in page; redirects on to the Connections page",
        tags,
        response: { 303: Type.Null(), ...errorResponses },
      },
    },
    async (request, reply) => {
      const { signIns, connections } = await connected();
      const answer = request.url.slice(request.url.indexOf('?') + 1);
      const { listener, back } = signIns.owner(answer);
      await access(request, listener);
      // An error is kept and shown on the page; the code in this address cannot be used again.
      const record = await signIns.finish(answer).catch((error: unknown) => {
        if (!(error instanceof SegueError)) request.log.error(error);
        return null;
      });
      if (record)
        connections.sync(record.id).then(
          () => engine.refresh().catch((error: unknown) => request.log.error(error)),
          () => {},
        );
      return reply.header('cache-control', 'no-store').redirect(back, 303);
    },
  );
  app.get(
    '/api/listeners/:id/sign-in',
    {
      ...ofListener(context),
      schema: {
        operationId: 'signInProblem',
        summary: "Why the last sign-in on a service's page failed",
        tags,
        params: Type.Object({
          id: Type.String({ minLength: 1, maxLength: 200, description: 'id of the connection attempt' }),
        }),
        response: {
          200: Type.Object({
            problem: Type.Union([Type.String(), Type.Null()], {
              description: 'why the sign-in failed; null when nothing is known',
            }),
          }),
          ...errorResponses,
        },
      },
    },
    async (request) => ({ problem: (await connected()).signIns.problem(request.params.id) }),
  );
};
