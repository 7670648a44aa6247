import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { wholeRow } from '../../../test/support/lyrics-rows.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import {
  BUCKETS_AT,
  LANGUAGE_AT,
  LANGUAGES,
  LYRICS_WIDTH,
  THEMES,
  THEMES_AT,
  type Theme,
  WORDS_AT,
} from '../../dataset/lyrics-measures.ts';
import { LyricsPool } from '../../dataset/lyrics-table.ts';
import type { NameLists } from '../../dataset/rows.ts';
import { ownUri } from '../own-files/own-files.ts';
import { parseLrc } from './lrc.ts';
import { lyrics } from './lyrics.ts';
import { LyricsMeter } from './measure.ts';

/** Songs in the public domain. */
const TEXTS = {
  en: 'My Bonnie lies over the ocean, my Bonnie lies over the sea, my Bonnie lies over the ocean, oh bring back my Bonnie to me',
  de: 'Am Brunnen vor dem Tore, da steht ein Lindenbaum; ich träumt in seinem Schatten so manchen süßen Traum',
  fr: "Au clair de la lune, mon ami Pierrot, prête-moi ta plume pour écrire un mot. Ma chandelle est morte, je n'ai plus de feu",
  es: 'La cucaracha, la cucaracha, ya no puede caminar, porque no tiene, porque le falta una pata para andar por el camino',
  it: 'Che bella cosa è una giornata di sole, un’aria serena dopo la tempesta! Per l’aria fresca pare già una festa, ma un altro sole non mi',
  pt: 'Ó minha caravela, que vais pelo mar, leva uma carta a quem eu não posso falar, e diz que não me deixa o coração em paz',
  nl: 'Daar was laatst een meisje loos, die wou gaan varen, en zij moest klimmen in de mast, maar het zeil dat was niet vast van haar',
  sv: 'Vem kan segla förutan vind, vem kan ro utan åror, vem kan skiljas från vännen sin utan att fälla tårar, jag kan och det är',
  pl: 'Jeszcze Polska nie zginęła, kiedy my żyjemy; co nam obca przemoc wzięła, szablą odbierzemy, i nie to jest z tej ziemi',
  ru: 'Ой, цветёт калина в поле у ручья, парня молодого полюбила я, парня полюбила на свою беду',
  ja: 'さくら さくら やよいの空は 見わたす限り かすみか雲か',
  zh: '月亮代表我的心 你问我爱你有多深 我爱你有几分',
} as const;

function measureLyrics(text: string): number[] | null {
  const pool = new LyricsPool();
  return new LyricsMeter().measure(text, pool) ? wholeRow(pool.finish(), 0) : null;
}

test('the language is known by script or function words; other text is of none', () => {
  for (const [language, text] of Object.entries(TEXTS))
    assert.equal(LANGUAGES[measureLyrics(text)![LANGUAGE_AT]!], language, text);
  assert.ok(Number.isNaN(measureLyrics('la la la na na na hey hey oh oh shoo bop doo wop')![LANGUAGE_AT]));
  assert.equal(measureLyrics(''), null);
});

test('a row has the language, the share of each theme, and each content word in its bucket', () => {
  const row = measureLyrics(TEXTS.en)!;
  assert.equal(row.length, LYRICS_WIDTH);
  assert.equal(LANGUAGES[row[LANGUAGE_AT]!], 'en');
  assert.equal(row[WORDS_AT], 25);
  const share = (theme: Theme): number => row[THEMES_AT + THEMES.indexOf(theme)]!;
  assert.ok(Math.abs(share('the sea') - 3 / 25) < 1e-8);
  assert.equal(share('winter'), 0);
  // bonnie 4, lies 3, over 3, ocean 2, sea, oh, bring, back: my, the, to and me are not counted.
  assert.equal(
    row.slice(BUCKETS_AT).reduce((a, b) => a + b),
    24 - 4 - 3 - 1,
  );
  // Its FNV-1a, folded, is 0xc7.
  assert.ok(row[BUCKETS_AT + 0xc7]! >= 4);
  assert.equal(measureLyrics('far too few words'), null);
});

test('LRC: times of lines and words go, tags name the song; text without them is itself', () => {
  const parsed = parseLrc(
    '[ar:Trad.]\r\n[ti: Bonnie]\n[length:01:10]\n[00:01.20][00:31]My <00:01.50>Bonnie\n[00:05.00]lies [over]',
  );
  assert.deepEqual(parsed, { text: 'My  Bonnie\nlies [over]', title: 'Bonnie', artist: 'Trad.' });
  assert.deepEqual(parseLrc('My Bonnie'), { text: 'My Bonnie' });
});

interface Song {
  readonly uri: string;
  readonly name: string | undefined;
  readonly artists: readonly string[] | undefined;
  readonly language: string | undefined;
}

const namesOf = ({ ptr, names }: NameLists, i: number): string[] =>
  Array.from({ length: ptr[i + 1]! - ptr[i]! }, (_, k) => names.get(ptr[i]! + k));

async function read(file: string): Promise<{ tracks: Song[]; rejected: string[] }> {
  const out = { tracks: [] as Song[], rejected: [] as string[] };
  for await (const { columns, rejections } of lyrics.read(file)) {
    for (let i = 0; i < (columns?.uri.length ?? 0); i++)
      out.tracks.push({
        uri: columns!.uri.get(i),
        name: columns!.name?.get(i),
        artists: columns!.artists && namesOf(columns!.artists, i),
        language: LANGUAGES[wholeRow(columns!.lyrics!, i)[LANGUAGE_AT]!],
      });
    out.rejected.push(...rejections.map(({ cause, firstAt }) => `${cause} ${firstAt}`));
  }
  return out;
}

test('files join the song of the music file beside them, of their tags, or of their name; no word of the text is kept', () =>
  withTemporary(async (dir) => {
    const song = join(dir, 'Trad - Bonnie.lrc');
    await writeFile(song, `[00:01.00]${TEXTS.en}`);
    const { tracks } = await read(song);
    const named = { artists: ['Trad'], title: 'Bonnie' };
    assert.equal(tracks[0]!.uri, ownUri({ path: 'x', tags: named }));
    assert.deepEqual(tracks, [{ uri: tracks[0]!.uri, name: 'Bonnie', artists: ['Trad'], language: 'en' }]);

    const tagged = join(dir, '01.lrc');
    await writeFile(tagged, `[ti:Der Lindenbaum]\n[ar:Franz Schubert]\n[al:Winterreise]\n${TEXTS.de}`);
    const [row] = (await read(tagged)).tracks;
    const tags = { title: 'Der Lindenbaum', artists: ['Franz Schubert'], album: 'Winterreise' };
    assert.equal(row!.uri, ownUri({ path: '', tags }));

    // A music file that cannot be read names its song by its own name all the same.
    await mkdir(join(dir, 'album'));
    await writeFile(join(dir, 'album', 'A - B.flac'), 'damaged');
    await writeFile(join(dir, 'album', 'A - B.txt'), TEXTS.fr);
    assert.equal((await read(join(dir, 'album', 'A - B.txt'))).tracks[0]!.name, 'B');

    await writeFile(join(dir, 'short.txt'), 'la la la');
    assert.deepEqual(await read(join(dir, 'short.txt')), {
      tracks: [],
      rejected: ['text of fewer than 12 words short.txt'],
    });
    assert.deepEqual((await lyrics.files([dir])).map((file) => file.slice(dir.length + 1)).sort(), [
      '01.lrc',
      'Trad - Bonnie.lrc',
      'album/A - B.txt',
      'short.txt',
    ]);
    await writeFile(join(dir, 'huge.txt'), 'words '.repeat(200_000));
    await assert.rejects(read(join(dir, 'huge.txt')), { code: 'FILE_UNREADABLE' });
  }));

test('tables have a track id and lyrics; rows without are counted with their place', () =>
  withTemporary(async (dir) => {
    const file = join(dir, 'lyrics.csv');
    await writeFile(
      file,
      `track,lyrics\nspotify:track:4GiXBCUF7H6YfNQsnBRIzl,"${TEXTS.en}\nmore"\n7,"${TEXTS.de}"\n,"${TEXTS.fr}"\n8,la\n`,
    );
    const { tracks, rejected } = await read(file);
    assert.deepEqual(
      tracks.map(({ uri, language }) => [uri, language]),
      [
        ['spotify:track:4GiXBCUF7H6YfNQsnBRIzl', 'en'],
        ['lyrics:7', 'de'],
      ],
    );
    assert.deepEqual(rejected, ['row without a track id lyrics.csv:5', 'text of fewer than 12 words lyrics.csv:6']);
    await writeFile(file, 'track,words\n1,la\n');
    await assert.rejects(read(file), { code: 'COLUMNS_MISSING' });
  }));

test('a long table is left within a batch of being told to', () =>
  withTemporary(async (dir) => {
    const file = join(dir, 'lyrics.csv');
    await writeFile(file, `track,lyrics\n${Array.from({ length: 6000 }, (_, i) => `${i},"${TEXTS.en}"\n`).join('')}`);
    const stop = new AbortController();
    const batches = lyrics.read(file, { signal: stop.signal })[Symbol.asyncIterator]();
    assert.equal((await batches.next()).value!.columns!.uri.length, 2000);
    stop.abort();
    await assert.rejects(
      async () => {
        for (let more = 0; more < 2; more++) await batches.next();
      },
      { code: 'CANCELLED' },
    );
  }));
