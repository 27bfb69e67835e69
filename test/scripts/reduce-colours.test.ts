import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePng, encodeIndexed, type Picture } from '../../scripts/screenshots/png.ts';
import { reduceColours } from '../../scripts/screenshots/reduce-colours.ts';

/** A PNG in colours as browsers write it: every row may have a filter of its own. */
function colourPng({ width, height, pixels }: Picture, filters: readonly number[]): Buffer {
  const bytes = Buffer.alloc(width * height * 3);
  pixels.forEach((pixel, index) => bytes.writeUIntBE(pixel, index * 3, 3));
  const rows: number[] = [];
  for (let y = 0; y < height; y++) {
    const filter = filters[y % filters.length] ?? 0;
    rows.push(filter);
    for (let x = 0; x < width * 3; x++) {
      const at = (row: number, column: number): number =>
        row < 0 || column < 0 ? 0 : (bytes[row * width * 3 + column] ?? 0);
      const [left, up, upLeft] = [at(y, x - 3), at(y - 1, x), at(y - 1, x - 3)];
      const estimate = left + up - upLeft;
      const paeth = [left, up, upLeft].reduce((best, next) =>
        Math.abs(estimate - next) < Math.abs(estimate - best) ? next : best,
      );
      rows.push((at(y, x) - ([0, left, up, (left + up) >> 1, paeth][filter] ?? 0)) & 0xff);
    }
  }
  const indexed = encodeIndexed({ width, height }, [0], new Uint8Array(width * height));
  // Signature, header and its checksum (which nobody reads back) come from the writer under test.
  const head = Buffer.from(indexed.subarray(0, 33));
  head[25] = 2;
  const data = deflateSync(Buffer.from(rows));
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write('IDAT', 4, 'latin1');
  data.copy(chunk, 8);
  return Buffer.concat([head, chunk]);
}

const colour = fc.integer({ min: 0, max: 0xffffff });
const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(size =>
    fc.record({
      ...{ width: fc.constant(size.width), height: fc.constant(size.height) },
      pixels: fc
        .array(colour, { minLength: size.width * size.height, maxLength: size.width * size.height })
        .map(values => Uint32Array.from(values)),
    }),
  );
const filters = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 });

test('a picture with few colours is the same afterwards, whatever the filters of its rows were', () => {
  fc.assert(
    fc.property(pictures, filters, (picture, rowFilters) => {
      expect(decodePng(reduceColours(colourPng(picture, rowFilters)))).toEqual(picture);
    }),
  );
});

test('of many colours 256 stay, each near to what it stands for, and the background is kept', () => {
  const background = 0xf8f8f8;
  const pixels = Uint32Array.from({ length: 64 * 64 }, (_, index) =>
    index < 2048 ? background : (((index % 64) * 4) << 16) | (((index >> 6) * 4) << 8) | 0x20,
  );

  const reduced = decodePng(reduceColours(colourPng({ width: 64, height: 64, pixels }, [1])));

  expect(new Set(reduced.pixels).size).toBe(256);
  expect(reduced.pixels.slice(0, 2048).every(pixel => pixel === background)).toBe(true);
  const distances = Array.from(reduced.pixels, (pixel, index) =>
    Math.max(...[16, 8, 0].map(shift => Math.abs(((pixel >> shift) & 255) - (((pixels[index] ?? 0) >> shift) & 255)))),
  );
  expect(Math.max(...distances)).toBeLessThanOrEqual(32);
});

test('what is no PNG is named as such', () => {
  expect(() => reduceColours(Buffer.from('GIF89a, as it happens'))).toThrow('This is no PNG.');
});
