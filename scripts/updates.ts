import { spawn } from 'node:child_process';
import { gt, maxSatisfying, satisfies, validRange } from 'semver';

/** The parts of package-lock.json that are used: a package for each folder, and '' for Segue itself. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly deprecated?: string;
  readonly dependencies?: Ranges;
  readonly peerDependencies?: Ranges;
}

type Ranges = Readonly<Record<string, string>>;

/** A package that runs in Segue or its page, and the versions of it that all its dependents would accept. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** npm's message if the package is deprecated. */
  readonly deprecated?: string;
  /** Version ranges, all of which must be satisfied. */
  readonly accepted: readonly string[];
}

/** A component with a newer version that would have been accepted. */
export interface Behind {
  readonly name: string;
  readonly version: string;
  /** The newest accepted version. */
  readonly newest: string;
  /** Publication date of the first newer one, YYYY-MM-DD. */
  readonly since: string;
}

const MODULES = 'node_modules/';
const VIEWS_AT_ONCE = 6;
const NPM_TIMEOUT = 60_000;

/** The installed version of `name` that the package in `folder` uses, by Node's resolution; undefined when it is not installed. */
function resolve(lock: Lock, folder: string, name: string): string | undefined {
  for (let at = folder; ; ) {
    const path = `${at}${at ? '/' : ''}${MODULES}${name}`;
    if (lock.packages[path]) return path;
    if (!at) return undefined;
    at = at.slice(0, Math.max(0, at.lastIndexOf(MODULES) - 1));
  }
}

/**
 * Every package that runs, from the lock file. Segue pins its own dependencies, so for these the pinned version's major is accepted (for 0.x its
 * minor); for other packages, the ranges that they declare.
 */
export function components(lock: Lock): Component[] {
  const accepted = new Map<string, string[]>();
  for (const [folder, { dev, link, dependencies, peerDependencies }] of Object.entries(lock.packages)) {
    if (dev || link) continue;
    for (const [name, range] of Object.entries({ ...peerDependencies, ...dependencies })) {
      const path = resolve(lock, folder, name);
      if (path === undefined || validRange(range) === null) continue;
      const own = !folder.includes(MODULES);
      const ranges = accepted.get(path) ?? [];
      ranges.push(own ? `^${lock.packages[path]!.version}` : range);
      accepted.set(path, ranges);
    }
  }
  return Array.from(accepted)
    .filter(([path]) => !lock.packages[path]!.dev && lock.packages[path]!.version !== undefined)
    .map(([path, ranges]) => ({
      name: path.slice(path.lastIndexOf(MODULES) + MODULES.length),
      version: lock.packages[path]!.version!,
      deprecated: lock.packages[path]!.deprecated,
      accepted: ranges,
    }));
}

/** Whether a component is outdated. @param published time of each version, from `npm view NAME time` */
export function behind({ name, version, accepted }: Component, published: Ranges): Behind | null {
  const newer = Object.keys(published).filter(
    (other) => satisfies(other, '*') && gt(other, version) && accepted.every((range) => satisfies(other, range)),
  );
  if (newer.length === 0) return null;
  const days = newer.map((other) => published[other]!.slice(0, 10));
  return { name, version, newest: maxSatisfying(newer, '*')!, since: days.reduce((a, b) => (a < b ? a : b)) };
}

/** The JSON printed by npm, whatever its exit code; null when the registry does not respond. */
async function npmJson(...args: string[]): Promise<object | null> {
  const npm = spawn('npm', [...args, '--json', '--fetch-retries=1', '--fetch-timeout=10000'], {
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: NPM_TIMEOUT,
  });
  let text = '';
  npm.stdout.on('data', (part: Buffer) => (text += part));
  await new Promise((done) => npm.on('close', done).on('error', done));
  try {
    const value = JSON.parse(text) as object | null;
    return value !== null && 'error' in value ? null : value;
  } catch {
    return null;
  }
}

/** Outdated components, by the registry's times; null when it does not respond. */
export async function askBehind(of: readonly Component[]): Promise<Behind[] | null> {
  const outdated = await npmJson('outdated', '--all');
  if (!outdated) return null;
  const names = Array.from(new Set(of.map(({ name }) => name))).filter((name) => name in outdated);
  const found: Behind[] = [];
  let reached = true;
  const asker = async (): Promise<void> => {
    for (let name = names.pop(); name !== undefined && reached; name = names.pop()) {
      const published = (await npmJson('view', name, 'time')) as Ranges | null;
      if (!published) reached = false;
      else
        for (const component of of) {
          const late = component.name === name && behind(component, published);
          if (late) found.push(late);
        }
    }
  };
  await Promise.all(Array.from({ length: VIEWS_AT_ONCE }, asker));
  return reached ? found : null;
}
