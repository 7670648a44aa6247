import type { PersonalFormat } from './format.ts';
import { jsonDocument } from './json-document.ts';
import { accountRow, textOf } from './values.ts';

/** Whose ListenBrainz export it is: looked at to keep two people's exports apart, not kept. */
export const listenbrainzUser: PersonalFormat = {
  id: 'listenbrainz-user',
  service: 'listenbrainz',
  title: 'ListenBrainz account',
  obtain: 'listenbrainz.org/settings/export: user.json',
  recognises: ({ name, head }) =>
    /(?:^|\/)user\.json$/i.test(name) && /^\s*\{/.test(head) && /"(?:username|user_name|user_id)"/.test(head),
  async *read(input) {
    const user = await jsonDocument(input);
    const account = accountRow('listenbrainz', textOf(user.username) || textOf(user.user_name) || textOf(user.user_id));
    if (account) yield account;
  },
};
