/** Writes whole numbers and strings into bytes; each string once. */
export interface ByteWriter {
  /** A whole number from 0 to 2^53. */
  readonly number: (value: number) => void;
  /** A whole number from -1. */
  readonly index: (value: number) => void;
  readonly boolean: (value: boolean) => void;
  readonly string: (value: string) => void;
  readonly optionalString: (value: string | undefined) => void;
  readonly list: <T>(items: readonly T[], write: (item: T) => void) => void;
  /** Remembers this place: the first one is place 0 for {@link ByteReader.jump}, the next one place 1. */
  readonly mark: () => void;
  /** Everything that was written, as one array. */
  readonly finish: () => Uint8Array<ArrayBuffer>;
}

/** Opens an empty writer. */
export function createByteWriter(): ByteWriter {
  let bytes = new Uint8Array(4096);
  let length = 0;
  const marks: number[] = [];
  const strings = new Map<string, number>();

  const number = (value: number): void => {
    if (length + 10 > bytes.length) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    let rest = value;
    while (rest >= 128) {
      bytes[length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    bytes[length++] = rest;
  };
  const numberOf = (value: string): number => {
    const known = strings.get(value);
    if (known !== undefined) return known;
    strings.set(value, strings.size);
    return strings.size - 1;
  };
  return {
    number,
    index: value => {
      number(value + 1);
    },
    boolean: value => {
      number(value ? 1 : 0);
    },
    string: value => {
      number(numberOf(value));
    },
    optionalString: value => {
      number(value === undefined ? 0 : numberOf(value) + 1);
    },
    list: (items, write) => {
      number(items.length);
      for (const item of items) write(item);
    },
    mark: () => {
      marks.push(length);
    },
    finish: () => joinParts(bytes.subarray(0, length), marks, [...strings.keys()]),
  };
}

/** Reads what a {@link ByteWriter} wrote, in the same order. */
export interface ByteReader {
  readonly number: () => number;
  readonly index: () => number;
  readonly boolean: () => boolean;
  readonly string: () => string;
  readonly optionalString: () => string | undefined;
  readonly list: <T>(read: () => T) => T[];
  /** Goes to a marked place. */
  readonly jump: (mark: number) => void;
}

/**
 * Opens bytes that {@link ByteWriter.finish} gave.
 * @param intern gives equal strings of many files one place in memory; what it is given may be a part of a larger string
 */
export function createByteReader(bytes: Uint8Array, intern: (value: string) => string): ByteReader {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      if (byte < 128) return value + byte * factor;
      value += (byte - 128) * factor;
    }
  };
  const marks: number[] = [];
  for (let left = number(); left > 0; left--) marks.push(number());
  const starts = new Int32Array(number() + 1);
  for (let index = 1; index < starts.length; index++) starts[index] = (starts[index - 1] ?? 0) + number();
  const texts = at;
  const body = texts + (starts[starts.length - 1] ?? 0);
  at = body;
  const decoder = new TextDecoder();
  const whole = decoder.decode(bytes.subarray(texts, body));
  // One character for each byte, so that the offsets are the same; cutting is faster than decoding.
  const isAscii = whole.length === body - texts;
  // A reader that jumps needs few of the strings.
  const strings: (string | undefined)[] = new Array<string | undefined>(starts.length - 1);
  const stringAt = (index: number): string => {
    const known = strings[index];
    if (known !== undefined) return known;
    const [start = 0, end = 0] = [starts[index], starts[index + 1]];
    const text = intern(isAscii ? whole.slice(start, end) : decoder.decode(bytes.subarray(texts + start, texts + end)));
    strings[index] = text;
    return text;
  };
  return {
    number,
    index: () => number() - 1,
    boolean: () => number() === 1,
    string: () => stringAt(number()),
    optionalString: () => {
      const index = number();
      return index === 0 ? undefined : stringAt(index - 1);
    },
    list: <T>(read: () => T): T[] => {
      const items: T[] = [];
      for (let left = number(); left > 0; left--) items.push(read());
      return items;
    },
    jump: mark => {
      at = body + (marks[mark] ?? 0);
    },
  };
}

function joinParts(body: Uint8Array, marks: readonly number[], strings: readonly string[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const whole = strings.join('');
  const encoded = encoder.encode(whole);
  // Most files are in ASCII: then strings are as long in bytes as in characters, and one call encodes them all.
  const isAscii = encoded.length === whole.length;
  const texts = isAscii ? [encoded] : strings.map(text => encoder.encode(text));
  const lengths = (isAscii ? strings : texts).map(text => text.length);
  const head: number[] = [];
  for (const value of [marks.length, ...marks, strings.length, ...lengths]) {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) head.push((rest % 128) + 128);
    head.push(rest);
  }
  const size = texts.reduce((sum, text) => sum + text.length, head.length + body.length);
  const joined = new Uint8Array(size);
  joined.set(head);
  let at = head.length;
  for (const part of [...texts, body]) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
