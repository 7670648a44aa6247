// A slice of the Million Playlist Dataset straight to columns. An entry whose track the slice named before costs the look-up of its URI and
// nothing else. Traps on anything unusual (bad rows, entries out of order, texts that are numbers, no JSON at all).
import { Column, Distinct, Texts } from './columns';
import {
  begin, CLOSE_BRACE, CLOSE_BRACKET, decode, escaped, finish, from, isText, key, next, numberOrNaN, OPEN_BRACE, OPEN_BRACKET, open,
  PADDING, peek, skip, text, to, unusual,
} from './json';

/** The keys that the host writes once, 16 bytes each as `key` reads them: of the slice, of a playlist, of an entry. */
const SLICE_KEYS = memory.data(16);
const PLAYLIST_KEYS = memory.data(16 * 5);
const ENTRY_KEYS = memory.data(16 * 8);
/** Places of the keys in their tables. */
const NAME = 0;
const PID = 1;
const MODIFIED_AT = 2;
const FOLLOWERS = 3;
const TRACKS = 4;
const POS = 0;
const ARTIST_NAME = 1;
const TRACK_URI = 2;
const ARTIST_URI = 3;
const TRACK_NAME = 4;
const ALBUM_URI = 5;
const DURATION = 6;
const ALBUM_NAME = 7;

/** The key that stood behind the beginning of an entry and behind each key last time (int32 each): entries have the same order mostly. */
const FOLLOWING = memory.data(9 * 4);
/** Positions of the current entry's texts: from, to, escaped (uint32 each) per key. */
const PLACES = memory.data(8 * 12);
/** What the host reads: an address and a count for each column, in the order of `report`. */
const REPORT = memory.data(2 * 8 * 24);
let reported: i32 = 0;

/** All that is kept of a slice. */
@unmanaged
class Slice {
  tracks: Distinct = new Distinct();
  trackNames: Texts = new Texts();
  artistPtr: Column<i32> = new Column<i32>();
  artistIdx: Column<i32> = new Column<i32>();
  albumOf: Column<i32> = new Column<i32>();
  durations: Column<f64> = new Column<f64>();
  artistsByUri: Distinct = new Distinct();
  artistsByName: Distinct = new Distinct();
  artistOfUri: Column<i32> = new Column<i32>();
  artistOfName: Column<i32> = new Column<i32>();
  artistUris: Texts = new Texts();
  artistNames: Texts = new Texts();
  albumsByUri: Distinct = new Distinct();
  albumsByName: Distinct = new Distinct();
  albumOfUri: Column<i32> = new Column<i32>();
  albumOfName: Column<i32> = new Column<i32>();
  albumUris: Texts = new Texts();
  albumNames: Texts = new Texts();
  titles: Texts = new Texts();
  pids: Column<f64> = new Column<f64>();
  followersOf: Column<f64> = new Column<f64>();
  modifiedAts: Column<f64> = new Column<f64>();
  itemPtr: Column<i32> = new Column<i32>();
  items: Column<i32> = new Column<i32>();
  /** The playlist in which a track was last, counted from 1. */
  lastPlaylist: Column<i32> = new Column<i32>();
  playlists: i32 = 0;
  duplicates: i32 = 0;
  empty: i32 = 0;
}

let slice: Slice = changetype<Slice>(0);

/** The entry and the playlist that are being read. */
let duration: f64 = NaN;
let pos: f64 = NaN;
let lastPos: f64 = -Infinity;
let allHavePos: bool = true;
let outOfOrder: bool = false;
/** The text of `resolve`. */
let textAt: usize = 0;
let textLength: i32 = 0;

export function sliceKeys(): usize {
  return SLICE_KEYS;
}

export function playlistKeys(): usize {
  return PLAYLIST_KEYS;
}

export function entryKeys(): usize {
  return ENTRY_KEYS;
}

/** Forgets the slice before and makes room for the bytes of another. */
export function room(bytes: usize): usize {
  // @ts-ignore: the stub runtime's
  __reset();
  const at = heap.alloc(bytes + PADDING);
  memory.fill(at + bytes, 0, PADDING);
  return at;
}

/** Reads the slice of `bytes` bytes whose room lies at `at`, its text from `start` on; returns the address of the report. */
export function scan(at: usize, start: usize, bytes: usize): usize {
  slice = new Slice();
  slice.artistPtr.push(0);
  slice.itemPtr.push(0);
  reported = 0;
  begin(at + start);
  let found = false;
  if (open(OPEN_BRACE)) {
    do {
      if (key(SLICE_KEYS, 1, 0) < 0) skip();
      else {
        if (found) unusual();
        found = true;
        if (open(OPEN_BRACKET)) {
          do playlist();
          while (next(CLOSE_BRACKET));
        }
      }
    } while (next(CLOSE_BRACE));
  }
  finish(at + bytes);
  if (!found) unusual();
  return report();
}

function playlist(): void {
  let titleAt: usize = 0;
  let titleLength = 0;
  let pid: f64 = NaN;
  let followers: f64 = NaN;
  let modifiedAt: f64 = NaN;
  let hasTracks = false;
  allHavePos = true;
  outOfOrder = false;
  lastPos = -Infinity;
  slice.playlists++;
  const start = slice.items.length;
  if (open(OPEN_BRACE)) {
    let expected = 0;
    do {
      const k = key(PLAYLIST_KEYS, 5, expected);
      expected = k >= 0 && k < TRACKS ? k + 1 : 0;
      if (k == TRACKS) {
        if (hasTracks) unusual();
        hasTracks = true;
        if (open(OPEN_BRACKET)) {
          do entry();
          while (next(CLOSE_BRACKET));
        }
      } else if (k == NAME) {
        // The last of several counts, also when it is null.
        titleLength = 0;
        if (place(0)) {
          resolve(0);
          titleAt = textAt;
          titleLength = textLength;
        }
      } else if (k == PID) pid = numberOrNaN();
      else if (k == FOLLOWERS) followers = numberOrNaN();
      else if (k == MODIFIED_AT) modifiedAt = numberOrNaN();
      else skip();
    } while (next(CLOSE_BRACE));
  }
  // Infinity is no whole number either.
  if (!hasTracks || !(trunc(pid) == pid && abs(pid) < Infinity) || (allHavePos && outOfOrder)) unusual();
  if (slice.items.length == start) {
    slice.empty++;
    return;
  }
  slice.titles.push(titleAt, titleLength);
  slice.pids.push(pid);
  slice.followersOf.push(followers);
  slice.modifiedAts.push(modifiedAt);
  slice.itemPtr.push(slice.items.length);
}

function entry(): void {
  for (let place: usize = 0; place < 8 * 12; place += 16) v128.store(PLACES + place, i64x2.splat(0));
  duration = NaN;
  pos = NaN;
  if (open(OPEN_BRACE)) {
    let following = FOLLOWING;
    do {
      const expected = load<i32>(following);
      const k = key(ENTRY_KEYS, 8, expected);
      if (k < 0) {
        skip();
        continue;
      }
      if (k != expected) store<i32>(following, k);
      if (k == POS) pos = numberOrNaN();
      else if (k == DURATION) duration = numberOrNaN();
      else place(k);
      following = FOLLOWING + ((<usize>k + 1) << 2);
    } while (next(CLOSE_BRACE));
  }
  if (isEmpty(TRACK_URI)) unusual();
  if (isNaN(pos)) allHavePos = false;
  else if (pos < lastPos) outOfOrder = true;
  else lastPos = pos;
  resolve(TRACK_URI);
  const before = slice.tracks.count;
  const track = slice.tracks.add(textAt, textLength, 0);
  if (track == before) newTrack();
  if (slice.lastPlaylist.get(track) == slice.playlists) slice.duplicates++;
  else {
    slice.lastPlaylist.set(track, slice.playlists);
    slice.items.push(track);
  }
}

function newTrack(): void {
  slice.lastPlaylist.push(0);
  const artist = isEmpty(ARTIST_NAME) ? -1 : artistNumber();
  slice.albumOf.push(isEmpty(ALBUM_NAME) ? -1 : albumNumber(artist));
  if (artist >= 0) slice.artistIdx.push(artist);
  slice.artistPtr.push(slice.artistIdx.length);
  slice.durations.push(duration);
  resolve(TRACK_NAME);
  slice.trackNames.push(textAt, textLength);
}

function artistNumber(): i32 {
  const next = slice.artistNames.count;
  const named = isEmpty(ARTIST_URI);
  resolve(named ? ARTIST_NAME : ARTIST_URI);
  const all = named ? slice.artistsByName : slice.artistsByUri;
  const numbers = named ? slice.artistOfName : slice.artistOfUri;
  const before = all.count;
  const text = all.add(textAt, textLength, 0);
  if (text < before) return numbers.get(text);
  numbers.push(next);
  resolve(ARTIST_URI);
  slice.artistUris.push(textAt, textLength);
  resolve(ARTIST_NAME);
  slice.artistNames.push(textAt, textLength);
  return next;
}

/** Albums without a URI are distinguished by their artist. */
function albumNumber(artist: i32): i32 {
  const next = slice.albumNames.count;
  const named = isEmpty(ALBUM_URI);
  resolve(named ? ALBUM_NAME : ALBUM_URI);
  const all = named ? slice.albumsByName : slice.albumsByUri;
  const numbers = named ? slice.albumOfName : slice.albumOfUri;
  const before = all.count;
  const text = all.add(textAt, textLength, named ? artist : 0);
  if (text < before) return numbers.get(text);
  numbers.push(next);
  resolve(ALBUM_URI);
  slice.albumUris.push(textAt, textLength);
  resolve(ALBUM_NAME);
  slice.albumNames.push(textAt, textLength);
  return next;
}

/** Reads a text or null and records its position; false for null. Anything else is unusual. */
function place(k: i32): bool {
  const slot = PLACES + <usize>k * 12;
  if (!isText()) {
    if (peek() != 0x6e) unusual();
    skip();
    store<u32>(slot, 0);
    store<u32>(slot, 0, 4);
    return false;
  }
  text();
  store<u32>(slot, <u32>from);
  store<u32>(slot, <u32>to, 4);
  store<u32>(slot, <u32>escaped, 8);
  return true;
}

// @ts-ignore: decorator
@inline
function isEmpty(k: i32): bool {
  const slot = PLACES + <usize>k * 12;
  return load<u32>(slot) == load<u32>(slot, 4);
}

/** Makes the text of a key available, its escapes replaced. */
function resolve(k: i32): void {
  const slot = PLACES + <usize>k * 12;
  const start = <usize>load<u32>(slot);
  const end = <usize>load<u32>(slot, 4);
  textAt = start;
  textLength = <i32>(end - start);
  if (end == start || load<u32>(slot, 8) == 0) return;
  textAt = heap.alloc(end - start + PADDING);
  textLength = <i32>(decode(start, end, textAt) - textAt);
}

function report(): usize {
  reportTexts(slice.tracks.texts);
  reportTexts(slice.trackNames);
  reportColumn(slice.artistPtr.data, slice.artistPtr.length);
  reportColumn(slice.artistIdx.data, slice.artistIdx.length);
  reportColumn(slice.albumOf.data, slice.albumOf.length);
  reportColumn(slice.durations.data, slice.durations.length);
  reportTexts(slice.artistUris);
  reportTexts(slice.artistNames);
  reportTexts(slice.albumUris);
  reportTexts(slice.albumNames);
  reportTexts(slice.titles);
  reportColumn(slice.pids.data, slice.pids.length);
  reportColumn(slice.followersOf.data, slice.followersOf.length);
  reportColumn(slice.modifiedAts.data, slice.modifiedAts.length);
  reportColumn(slice.itemPtr.data, slice.itemPtr.length);
  reportColumn(slice.items.data, slice.items.length);
  reportColumn(0, slice.duplicates);
  reportColumn(0, slice.empty);
  return REPORT;
}

function reportColumn(data: usize, length: i32): void {
  store<u32>(REPORT + ((<usize>reported) << 3), <u32>data);
  store<u32>(REPORT + ((<usize>reported) << 3), <u32>length, 4);
  reported++;
}

/** The bytes, then the offsets. */
function reportTexts(texts: Texts): void {
  reportColumn(texts.heap, texts.bytes);
  reportColumn(texts.offsets.data, texts.offsets.length);
}
