/** One way to write text as bytes. */
export interface TextEncoding {
  /** As a reader knows it: `UTF-8`, `windows-1252`. */
  readonly name: string;
  /** Undefined when the bytes are not valid. A byte order mark is not looked for. */
  decode(bytes: Uint8Array): string | undefined;
  /** Undefined when a character has no bytes in this encoding, or the encoding can only be read. */
  encode(text: string): Uint8Array | undefined;
}

type Decoder = InstanceType<typeof TextDecoder>;

/** Python's names of codecs, without punctuation, that the web platform knows under another name or means differently. */
const PYTHON_NAMES: ReadonlyMap<string, string> = new Map([
  ['u8', 'utf-8'],
  ['utf', 'utf-8'],
  ['utf8sig', 'utf-8'],
  ['utf8', 'utf-8'],
  ['cp65001', 'utf-8'],
  ['latin', 'latin-1'],
  ['latin1', 'latin-1'],
  ['l1', 'latin-1'],
  ['iso88591', 'latin-1'],
  ['iso885911987', 'latin-1'],
  ['isolatin1', 'latin-1'],
  ['8859', 'latin-1'],
  ['cp819', 'latin-1'],
  ['ascii', 'ascii'],
  ['usascii', 'ascii'],
  ['646', 'ascii'],
  ['latin2', 'iso-8859-2'],
  ['latin9', 'iso-8859-15'],
  ['cp932', 'shift_jis'],
  ['ms932', 'shift_jis'],
  ['sjis', 'shift_jis'],
  ['shiftjis', 'shift_jis'],
  ['eucjp', 'euc-jp'],
  ['ujis', 'euc-jp'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['uhc', 'euc-kr'],
  ['euckr', 'euc-kr'],
  ['cp950', 'big5'],
  ['koi8r', 'koi8-r'],
  ['koi8u', 'koi8-u'],
  ['macroman', 'macintosh'],
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
]);

/** What windows-1252 has at 0x80 to 0x9f; as in Python, the gaps are not valid. */
const WINDOWS_1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/** The encoding of that name, in Python's or the web's spelling; undefined when there is none. */
export function encodingOf(name: string): TextEncoding | undefined {
  const plain = name.toLowerCase().replace(/[-_. ]/g, '');
  const standard =
    PYTHON_NAMES.get(plain) ??
    name
      .toLowerCase()
      .replace(/_/g, '-')
      .replace(/^iso(?=8859)/, 'iso-');
  if (standard === 'latin-1') return byteEncoding('ISO-8859-1', 0xff);
  if (standard === 'ascii') return byteEncoding('ASCII', 0x7f);
  // Node 20 reads windows-1252 as if it were ISO-8859-1.
  if (/^(cp|windows-?)1252$/.test(standard)) return windows1252();
  return platformEncoding(standard);
}

/** Each byte is the character of the same number, up to `highest`; the web's "latin1" is windows-1252 instead. */
function byteEncoding(name: string, highest: number): TextEncoding {
  return {
    name,
    decode: bytes =>
      bytes.some(byte => byte > highest) ? undefined : Array.from(bytes, byte => String.fromCharCode(byte)).join(''),
    encode(text) {
      const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
      return units.some(unit => unit > highest) ? undefined : Uint8Array.from(units);
    },
  };
}

function windows1252(): TextEncoding {
  const characterAt = (byte: number): string =>
    byte >= 0x80 && byte <= 0x9f ? WINDOWS_1252.charAt(byte - 0x80) : String.fromCharCode(byte);
  const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [characterAt(byte), byte] as const));
  byteOf.set('\0', 0);
  return {
    name: 'windows-1252',
    decode: bytes =>
      bytes.some(byte => byte > 0 && characterAt(byte) === '\0') ? undefined : Array.from(bytes, characterAt).join(''),
    encode: text => bytesFrom(byteOf, text),
  };
}

function platformEncoding(label: string): TextEncoding | undefined {
  let decoder: Decoder;
  try {
    decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    // The platform knows no such encoding; the caller says so to the user.
    return undefined;
  }
  return {
    name: decoder.encoding === 'utf-8' ? 'UTF-8' : decoder.encoding,
    decode: bytes => decodeWith(decoder, bytes),
    encode: text => encodeFor(decoder, text),
  };
}

function decodeWith(decoder: Decoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    // `fatal` makes invalid bytes an error; here they are an answer.
    return undefined;
  }
}

function encodeFor(decoder: Decoder, text: string): Uint8Array | undefined {
  switch (decoder.encoding) {
    case 'utf-8':
      return /\p{Surrogate}/u.test(text) ? undefined : new TextEncoder().encode(text);
    case 'utf-16le':
    case 'utf-16be':
      return utf16Bytes(text, decoder.encoding === 'utf-16le');
    default:
      return singleByteBytes(decoder, text);
  }
}

function utf16Bytes(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

/** Turns the decoder round. Encodings with several bytes per character are left out: they have more than one way to write some. */
function singleByteBytes(decoder: Decoder, text: string): Uint8Array | undefined {
  const byteOf = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) {
    const character = decodeWith(decoder, Uint8Array.of(byte));
    if (character !== undefined) byteOf.set(character, byte);
  }
  const isSingleByte = byteOf.size > 200;
  return isSingleByte ? bytesFrom(byteOf, text) : undefined;
}

function bytesFrom(byteOf: ReadonlyMap<string, number>, text: string): Uint8Array | undefined {
  const bytes = Array.from(text, character => byteOf.get(character));
  return bytes.every(byte => byte !== undefined) ? Uint8Array.from(bytes) : undefined;
}
