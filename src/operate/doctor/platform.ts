import { createServer } from 'node:net';
import { type Check, ok, problem, warning } from './finding.ts';

const NEEDED = 24;

export const node: Check = async ({ nodeVersion }) =>
  Number(nodeVersion.split('.')[0]) >= NEEDED
    ? ok('node', `Node ${nodeVersion} runs Segue.`)
    : problem(
        'node',
        `Node ${nodeVersion} is too old.`,
        `Run \`npm ci\`, which brings Node ${NEEDED}, and start with bin/segue.`,
      );

export const kernels: Check = async ({ loadKernels }) => {
  try {
    loadKernels();
    return ok('kernels', 'The kernels load: SIMD and shared memory are there.');
  } catch {
    return problem('kernels', 'The kernels do not load.', `Run \`npm run build\` with Node ${NEEDED} or newer.`);
  }
};

export const port: Check = async ({ settings: { host, port: number } }) => {
  const code = await new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(number, host, () => server.close(() => resolve(null)));
  });
  if (code === null) return ok('port', `${host}:${number} is free.`);
  if (code === 'EADDRINUSE')
    return warning(
      'port',
      `${host}:${number} is in use, perhaps by a running Segue.`,
      'Choose another one with --port if it is not.',
    );
  return problem('port', `${host}:${number} cannot be listened on (${code}).`, 'Choose another --host or --port.');
};
