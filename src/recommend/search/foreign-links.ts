/** Hosts of other services, whose links identify songs by ids that this library does not have. */
const SERVICES: readonly (readonly [host: RegExp, service: string])[] = [
  [/^(?:geo\.)?(?:music|itunes)\.apple\.com$/, 'Apple Music'],
  [/^(?:music\.|www\.|m\.)?youtube\.com$|^youtu\.be$/, 'YouTube'],
  [/^(?:www\.|link\.)?deezer\.com$|^deezer\.page\.link$/, 'Deezer'],
  [/^(?:www\.|listen\.)?tidal\.com$/, 'Tidal'],
  [/^music\.amazon\.[a-z.]{2,6}$/, 'Amazon Music'],
  [/^(?:www\.|m\.|on\.)?soundcloud\.com$/, 'SoundCloud'],
  [/^[a-z0-9-]{1,63}\.bandcamp\.com$/, 'Bandcamp'],
];

/** Detects a link to another music service in the text, and says what to do instead; null when there is none. Nothing is fetched. */
export function foreignLink(text: string): { service: string; message: string } | null {
  const link = /https?:\/\/[^\s]{1,2000}/i.exec(text.slice(0, 10_000))?.[0] ?? text.trim().slice(0, 2000);
  const host = URL.parse(link.includes('://') ? link : `https://${link}`)?.hostname.toLowerCase();
  const service = host && SERVICES.find(([pattern]) => pattern.test(host))?.[1];
  if (!service) return null;
  return {
    service,
    message: `That is a link to ${service}. Segue can't read it without going online; type the song's artist and title instead, or paste the list as text.`,
  };
}
