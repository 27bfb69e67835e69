const WORD_BITS = 64;
/** More bits than any index has entries; a broken size field must not fill the memory. */
const MAX_BITS = 50_000_000;

/**
 * Positions of the bits that are set in a bitmap in git's EWAH form: a bit count, a word count, and 64-bit words, of
 * which each marker word tells how many equal words it stands for and how many literal words follow.
 * Undefined when the bytes are not such a bitmap.
 */
export function readEwahBitmap(bytes: Uint8Array): Set<number> | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = view.getUint32(0);
  const words = view.getUint32(4);
  if (bits > MAX_BITS || 8 + words * 8 > bytes.length) return undefined;

  const positions = new Set<number>();
  let position = 0;
  let word = 0;
  while (word < words) {
    const marker = readMarker(view, 8 + word * 8);
    word += 1 + marker.literals;
    if (word > words) return undefined;

    const runEnd = Math.min(position + marker.run * WORD_BITS, bits);
    if (marker.isSet) for (let at = position; at < runEnd; at++) positions.add(at);
    position += marker.run * WORD_BITS;
    for (let literal = word - marker.literals; literal < word; literal++) {
      addLiteral(view, 8 + literal * 8, position, positions);
      position += WORD_BITS;
    }
  }
  return positions;
}

interface Marker {
  readonly isSet: boolean;
  /** Words, all zero or all one, that the marker stands for. */
  readonly run: number;
  /** Words that follow it as they are. */
  readonly literals: number;
}

/** From the lowest bit: the repeated bit, 32 bits of run length, 31 bits of literal count; stored big-endian. */
function readMarker(view: DataView, offset: number): Marker {
  const high = view.getUint32(offset);
  const low = view.getUint32(offset + 4);
  return { isSet: (low & 1) === 1, run: (low >>> 1) + (high & 1) * 0x80000000, literals: high >>> 1 };
}

function addLiteral(view: DataView, offset: number, position: number, positions: Set<number>): void {
  const halves = [view.getUint32(offset + 4), view.getUint32(offset)];
  for (const [half, value] of halves.entries()) {
    for (let bit = 0; bit < 32; bit++) if ((value >>> bit) & 1) positions.add(position + half * 32 + bit);
  }
}
