/** Music services whose links name songs that only they can resolve. */
const SERVICES: readonly [RegExp, string][] = [
  [/^(?:geo\.)?music\.apple\.com$|^itunes\.apple\.com$/, 'Apple Music'],
  [/^(?:(?:www|m|music)\.)?youtube\.com$|^youtu\.be$/, 'YouTube'],
  [/^(?:www\.)?deezer\.com$|^(?:link|deezer)\.(?:deezer\.com|page\.link)$/, 'Deezer'],
  [/^(?:(?:www|listen)\.)?tidal\.com$/, 'Tidal'],
  [/^(?:(?:www|m|on)\.)?soundcloud\.com$/, 'SoundCloud'],
  [/^[\w-]+\.bandcamp\.com$/, 'Bandcamp'],
  [/^music\.amazon\.[a-z.]+$/, 'Amazon Music'],
];

/** Why a link of another service cannot be taken, and what to do; null when the text is no such link. */
export function foreignLink(text: string): string | null {
  const trimmed = text.trim();
  if (/\s/.test(trimmed)) return null;
  let host: string;
  try {
    host = new URL(/^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`).hostname;
  } catch {
    return null;
  }
  const service = SERVICES.find(([pattern]) => pattern.test(host))?.[1];
  return service
    ? `That’s a link to ${service}, which Segue can’t look up without contacting it. Type the song’s name and artist instead.`
    : null;
}
