import fastify from 'fastify';
import { type Check, ok, problem, warning } from './finding.ts';

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

export const port: Check = async ({ settings: { host, port: number } }) => {
  const server = fastify();
  const code = await server.listen({ host, port: number }).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
  );
  await server.close();
  if (code === null) return ok('port', `${host}:${number} is free.`);
  if (code === 'EADDRINUSE')
    return warning(
      'port',
      `${host}:${number} is in use, perhaps by Segue itself.`,
      'If another program uses it, choose a different --port.',
    );
  return problem('port', `${host}:${number} is not available (${code}).`, 'Choose another --host or --port.');
};
