import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** An opaque picture: rows from top to bottom, one `0xRRGGBB` per pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 2;
const INDEXED = 3;
const COLOURS_AND_ALPHA = 6;
const BYTES_PER_PIXEL: Readonly<Record<number, number>> = { [COLOURS]: 3, [INDEXED]: 1, [COLOURS_AND_ALPHA]: 4 };

/**
 * Reads a PNG with 8 bits per channel, in colours or with a palette; transparency is dropped.
 * @throws Error for anything else, which browsers and {@link encodeIndexed} don't write.
 */
export function decodePng(file: Buffer): Picture {
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('This is no PNG.');
  const chunks = readChunks(file);
  const header = Buffer.concat(chunks.get('IHDR') ?? []);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colourType = -1, , , interlaced] = header.subarray(8);
  const step = BYTES_PER_PIXEL[colourType];
  if (depth !== 8 || step === undefined || interlaced !== 0) throw new Error('This kind of PNG is not understood.');

  const palette = Buffer.concat(chunks.get('PLTE') ?? []);
  const rows = unfilter(inflateSync(Buffer.concat(chunks.get('IDAT') ?? [])), width * step, height, step);
  const pixels = new Uint32Array(width * height);
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const at = pixel * step;
    pixels[pixel] = colourType === INDEXED ? palette.readUIntBE((rows[at] ?? 0) * 3, 3) : rows.readUIntBE(at, 3);
  }
  return { width, height, pixels };
}

/**
 * Writes a PNG with a palette, one byte per pixel.
 * `palette` has up to 256 colours as `0xRRGGBB`, `indices` one of its positions per pixel.
 */
export function encodeIndexed(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  palette: readonly number[],
  indices: Uint8Array,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, INDEXED, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap(colour => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]));
  // Each row starts with the number of its filter; indices have no neighbours to be predicted from.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

function readChunks(file: Buffer): ReadonlyMap<string, readonly Buffer[]> {
  const chunks = new Map<string, Buffer[]>();
  for (let offset = SIGNATURE.length; offset < file.length;) {
    const length = file.readUInt32BE(offset);
    const name = file.toString('latin1', offset + 4, offset + 8);
    const data = file.subarray(offset + 8, offset + 8 + length);
    chunks.set(name, [...(chunks.get(name) ?? []), data]);
    offset += length + 12;
  }
  return chunks;
}

/** Undoes the prediction of each row (PNG specification, section 9). */
function unfilter(filtered: Buffer, rowLength: number, height: number, step: number): Buffer {
  const rows = Buffer.alloc(rowLength * height);
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (rowLength + 1)] ?? 0;
    for (let x = 0; x < rowLength; x++) {
      const at = y * rowLength + x;
      const left = x >= step ? (rows[at - step] ?? 0) : 0;
      const up = y > 0 ? (rows[at - rowLength] ?? 0) : 0;
      const upLeft = x >= step && y > 0 ? (rows[at - rowLength - step] ?? 0) : 0;
      rows[at] = (filtered[y * (rowLength + 1) + 1 + x] ?? 0) + predict(filter, left, up, upLeft);
    }
  }
  return rows;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return nearestOf(left + up - upLeft, left, up, upLeft);
    default:
      return 0;
  }
}

function nearestOf(wanted: number, left: number, up: number, upLeft: number): number {
  const [toLeft, toUp, toUpLeft] = [Math.abs(wanted - left), Math.abs(wanted - up), Math.abs(wanted - upLeft)];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
