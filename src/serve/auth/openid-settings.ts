import type { Configuration } from '../../configuration/settings.ts';
import type { HostLedger } from '../../connect/network.ts';
import { SegueError } from '../../errors.ts';
import type { Accounts } from './accounts.ts';
import { OpenId } from './openid.ts';

/** The provider in the settings; undefined without one. @throws SegueError USAGE */
export function openIdOf(
  accounts: Accounts,
  { oidcIssuer, oidcClientId, oidcClientSecret, oidcName, oidcDomains }: Partial<Configuration>,
  ledger: () => Promise<HostLedger>,
): OpenId | undefined {
  if (oidcIssuer === undefined) return undefined;
  if (oidcClientId === undefined)
    throw new SegueError('USAGE', {
      got: 'oidcIssuer names a provider of sign-in, but oidcClientId is not set',
      expected: 'both',
      remedy: 'Register Segue at the provider and set SEGUE_OIDC_CLIENT_ID',
    });
  return new OpenId(
    accounts,
    {
      issuer: oidcIssuer,
      clientId: oidcClientId,
      clientSecret: oidcClientSecret,
      name: oidcName ?? new URL(oidcIssuer).hostname,
      domains: oidcDomains ?? [],
    },
    ledger,
  );
}
