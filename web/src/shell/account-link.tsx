import { useQuery } from '@tanstack/react-query';
import { CircleUser } from 'lucide-react';
import type { ReactNode } from 'react';
import { people } from '../api/listeners.ts';

/** Link to the account: sessions, passwords, access tokens, signing out. Nothing on a server without sign-in. */
export default function AccountLink(): ReactNode {
  const { data } = useQuery({ queryKey: ['listeners'], queryFn: ({ signal }) => people.all(signal) });
  if (!data?.signedIn) return null;
  const label = `Account: ${data.signedIn}`;
  return (
    <a className="icon-button" href="/account" aria-label={label} title={label}>
      <CircleUser size={17} strokeWidth={1.9} aria-hidden />
    </a>
  );
}
