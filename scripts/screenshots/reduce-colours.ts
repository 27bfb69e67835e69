import { decodePng, encodeIndexed } from './png.ts';

const MOST_COLOURS = 256;
const CHANNELS = [16, 8, 0] as const;

interface Colour {
  readonly value: number;
  readonly count: number;
}

/** Colours that will become one. */
type Box = readonly Colour[];

/** The same picture as a PNG with at most 256 colours; pictures of text and flat areas lose nothing that is seen. */
export function reduceColours(png: Buffer): Buffer {
  const picture = decodePng(png);
  const counts = new Map<number, number>();
  for (const pixel of picture.pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);

  const boxes = divide([...counts].map(([value, count]) => ({ value, count })));
  const indexOf = new Map(boxes.flatMap((box, index) => box.map(({ value }) => [value, index] as const)));
  const indices = Uint8Array.from(picture.pixels, pixel => indexOf.get(pixel) ?? 0);
  return encodeIndexed(picture, boxes.map(mostFrequent), indices);
}

/** Median cut: halves the box that errs most, until there are as many as the palette has entries. */
function divide(colours: Box): readonly Box[] {
  const boxes: Box[] = [colours];
  while (boxes.length < MOST_COLOURS) {
    const worst = boxes.reduce((left, right) => (errorOf(right) > errorOf(left) ? right : left));
    if (errorOf(worst) === 0) break;
    boxes.splice(boxes.indexOf(worst), 1, ...halves(worst));
  }
  return boxes;
}

/** Extent of a box along its longest edge, times the root of its pixels: large areas matter, but not alone. */
function errorOf(box: Box): number {
  if (box.length < 2) return 0;
  const pixels = box.reduce((sum, { count }) => sum + count, 0);
  return Math.max(...CHANNELS.map(shift => extent(box, shift))) * Math.sqrt(pixels);
}

function halves(box: Box): readonly [Box, Box] {
  const longest = CHANNELS.reduce((left, right) => (extent(box, right) > extent(box, left) ? right : left));
  const sorted = [...box].sort((left, right) => channel(left, longest) - channel(right, longest));
  const half = sorted.length >> 1;
  return [sorted.slice(0, half), sorted.slice(half)];
}

function extent(box: Box, shift: number): number {
  let [least, most] = [255, 0];
  for (const colour of box) {
    least = Math.min(least, channel(colour, shift));
    most = Math.max(most, channel(colour, shift));
  }
  return most - least;
}

function channel({ value }: Colour, shift: number): number {
  return (value >> shift) & 0xff;
}

/** A colour that is really there: backgrounds stay what they are. */
function mostFrequent(box: Box): number {
  return box.reduce((left, right) => (right.count > left.count ? right : left)).value;
}
