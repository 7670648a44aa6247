import { VERSION } from '../../config.ts';

/** A value of a Subsonic answer: in XML scalars are attributes, objects elements, lists repeated elements. */
export type RestValue =
  | string
  | number
  | boolean
  | RestObject
  | readonly RestObject[]
  | readonly string[]
  | readonly number[];
export interface RestObject {
  readonly [key: string]: RestValue | undefined;
}

const PROTOCOL = '1.16.1';
const NAMESPACE = 'http://subsonic.org/restapi';

/** An answer in the requested format: JSON for `f=json`, otherwise XML, as the protocol specifies. */
export function restAnswer(content: RestObject, format: string | undefined): { type: string; body: string } {
  const whole: RestObject = {
    status: 'error' in content ? 'failed' : 'ok',
    version: PROTOCOL,
    type: 'segue',
    serverVersion: VERSION,
    openSubsonic: true,
    ...content,
  };
  if (format === 'json')
    return { type: 'application/json; charset=utf-8', body: JSON.stringify({ 'subsonic-response': whole }) };
  const xml = element('subsonic-response', { xmlns: NAMESPACE, ...whole });
  return { type: 'application/xml; charset=utf-8', body: `<?xml version="1.0" encoding="UTF-8"?>${xml}` };
}

export const restError = (code: number, message: string): RestObject => ({ error: { code, message } });

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 allows no control characters, not even escaped ones. */
const escaped = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[&<>"]/g, (c) => ESCAPES[c]!);

function element(name: string, object: RestObject): string {
  const attributes: string[] = [];
  const children: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    if (Array.isArray(value))
      children.push(
        ...(value as readonly (string | number | RestObject)[]).map((one) =>
          typeof one !== 'object' ? `<${key}>${escaped(String(one))}</${key}>` : element(key, one),
        ),
      );
    else if (typeof value === 'object') children.push(element(key, value as RestObject));
    else attributes.push(` ${key}="${escaped(String(value))}"`);
  }
  const inner = children.join('');
  return inner === '' ? `<${name}${attributes.join('')}/>` : `<${name}${attributes.join('')}>${inner}</${name}>`;
}
