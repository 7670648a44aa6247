import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { askBehind, type Behind, type Component, components, type Lock } from './updates.ts';

/** Days from an advisory's publication to its fix, as promised in docs/security.md; other severities are fixed in the next release. */
const DAYS = new Map([
  ['critical', 7],
  ['high', 30],
]);
/** Days within which a newer compatible version must be adopted after its publication. */
const UPDATE_DAYS = 30;
/** Days between two reviews of all dependencies. */
const REVIEW_DAYS = 90;
const DAY = 24 * 3600 * 1000;

const daysBetween = (from: string, to: string): number => Math.floor((Date.parse(to) - Date.parse(from)) / DAY);

/** Content of scripts/components.json: the date of the last review of all dependencies, and advisories being dealt with. */
export interface Policy {
  readonly reviewed: string;
  readonly accepted: readonly {
    /** Its URL, as reported by `npm audit`. */
    readonly advisory: string;
    /** Date of publication, YYYY-MM-DD, from which its time limit counts. */
    readonly published: string;
    /** Why it has not been fixed yet, or cannot be reached through Segue. */
    readonly why: string;
    /** True when it cannot be reached through Segue: it has no time limit. */
    readonly unreachable?: boolean;
  }[];
}

interface Advisory {
  readonly url: string;
  readonly title: string;
  readonly severity: string;
  readonly name: string;
}

/** Output of `npm audit --json`. A `via` that is a string names another package that has the advisory. */
export interface Audit {
  readonly vulnerabilities: Readonly<Record<string, { readonly via: readonly (string | Advisory)[] }>>;
}

/**
 * The violated rules of the policy, a sentence each, and the advisories that are open within their time limit.
 * @param today YYYY-MM-DD @param release before a release nothing may be open
 */
export function judge(
  audit: Audit,
  policy: Policy,
  today: string,
  release: boolean,
): { broken: string[]; open: string[] } {
  const [broken, open]: [string[], string[]] = [[], []];
  const daysSince = (day: string): number => daysBetween(day, today);
  if (!(daysSince(policy.reviewed) <= REVIEW_DAYS))
    broken.push(`The dependencies were last reviewed on ${policy.reviewed}, more than ${REVIEW_DAYS} days ago.`);
  const advisories = new Map<string, Advisory>();
  for (const { via } of Object.values(audit.vulnerabilities))
    for (const advisory of via) if (typeof advisory !== 'string') advisories.set(advisory.url, advisory);
  for (const { url, title, severity, name } of advisories.values()) {
    const known = policy.accepted.find(({ advisory }) => advisory === url);
    if (known?.unreachable) continue;
    const days = DAYS.get(severity);
    const text = `${name}: ${title} (${severity}, ${url})`;
    if (release || (days !== undefined && !known)) broken.push(text);
    else if (days !== undefined && !(daysSince(known!.published) <= days))
      broken.push(`${text}, past its ${days} days`);
    else open.push(text);
  }
  for (const { advisory } of policy.accepted)
    if (!advisories.has(advisory))
      broken.push(`${advisory} no longer applies: take it out of scripts/components.json.`);
  return { broken, open };
}

/**
 * The violated rules of the policy on updates, a sentence each, and the updates still within their time limit.
 * @param late components with a newer compatible version @param today YYYY-MM-DD
 */
export function judgeUpdates(
  of: readonly Component[],
  late: readonly Behind[],
  today: string,
): { broken: string[]; open: string[] } {
  const [broken, open]: [string[], string[]] = [[], []];
  for (const { name, version, deprecated } of of)
    if (deprecated !== undefined) broken.push(`${name} ${version} is deprecated: ${deprecated}`);
  for (const { name, version, newest, since } of late) {
    const over = !(daysBetween(since, today) <= UPDATE_DAYS);
    const text = `${name} ${version}: ${newest} could be taken; a newer version has been out since ${since}`;
    (over ? broken : open).push(over ? `${text}, more than ${UPDATE_DAYS} days` : text);
  }
  return { broken, open };
}

/** Result lines of a part of the check; null when the registry did not respond. */
type Judged = { broken: string[]; open: string[] } | null;

function judgeAdvisories(today: string, release: boolean): Judged {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=1', '--fetch-timeout=20000'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 120_000,
  });
  const policy = JSON.parse(readFileSync(new URL('components.json', import.meta.url), 'utf8')) as Policy;
  const audit = readAudit(stdout);
  return audit && judge(audit, policy, today, release);
}

async function judgeVersions(today: string): Promise<Judged> {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as Lock;
  const all = components(lock);
  const late = await askBehind(all);
  return late && judgeUpdates(all, late, today);
}

/** `npm run components [-- --release]`: 0 = within the time limits, 1 = not, 2 = the registry did not answer all queries. */
async function main(release: boolean): Promise<number> {
  const today = new Date().toISOString().slice(0, 10);
  const parts: readonly [unreached: string, met: string, Judged][] = [
    [
      'The dates of the npm registry cannot be reached, so versions were not checked.',
      'No component that runs is deprecated or has waited too long for a newer version.',
      await judgeVersions(today),
    ],
    [
      'The advisories of the npm registry cannot be reached, so vulnerabilities were not checked.',
      'No advisory is past its time.',
      judgeAdvisories(today, release),
    ],
  ];
  for (const [unreached, met, judged] of parts) {
    for (const text of judged?.open ?? []) console.log(`Within its time: ${text}`);
    for (const text of judged?.broken ?? []) console.error(text);
    if (!judged) console.error(unreached);
    else if (judged.broken.length === 0) console.log(met);
  }
  if (parts.some(([, , judged]) => judged && judged.broken.length > 0)) return 1;
  return parts.every(([, , judged]) => judged) ? 0 : 2;
}

/** Null when it is an error message, or empty. */
export function readAudit(text: string): Audit | null {
  try {
    const value = JSON.parse(text) as Partial<Audit> | null;
    return typeof value?.vulnerabilities === 'object' && value.vulnerabilities !== null ? (value as Audit) : null;
  } catch {
    return null;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await main(process.argv.includes('--release'));
