import fastify from 'fastify';
import { type Check, type Finding, ok, problem, warning } from './finding.ts';

const NEEDED = 24;

export const node: Check = async ({ nodeVersion }) =>
  Number(nodeVersion.split('.')[0]) >= NEEDED
    ? ok('node', `Node ${nodeVersion} runs Segue.`)
    : problem(
        'node',
        `Node ${nodeVersion} is too old.`,
        `Run \`npm ci\`, which installs Node ${NEEDED}, and start with bin/segue.`,
      );

export const kernels: Check = async ({ loadKernels }) => {
  try {
    loadKernels();
    return ok('kernels', 'The kernels load; SIMD and shared memory are available.');
  } catch {
    return problem('kernels', 'The kernels do not load.', `Run \`npm run build\` with Node ${NEEDED} or newer.`);
  }
};

export const port: Check = ({ settings: { host, port: number } }) => isFree('port', '--port', host, number);

export const healthPort: Check = async ({ settings: { host, port: own, healthPort: number } }) => {
  if (number === undefined)
    return ok('health port', "Health probes are answered on the server's port, along with everything else.");
  if (number === own && number !== 0)
    return problem('health port', `${number} is also the server's port.`, 'Choose another --health-port.');
  return isFree('health port', '--health-port', host, number);
};

/** Whether a server could listen there. */
async function isFree(check: string, flag: string, host: string, number: number): Promise<Finding> {
  const server = fastify();
  const code = await server.listen({ host, port: number }).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
  );
  await server.close();
  if (code === null) return ok(check, `${host}:${number} is free.`);
  if (code === 'EADDRINUSE')
    return warning(
      check,
      `${host}:${number} is in use, perhaps by Segue itself.`,
      `If another program uses it, choose a different ${flag}.`,
    );
  return problem(check, `${host}:${number} is not available (${code}).`, `Choose another --host or ${flag}.`);
}
