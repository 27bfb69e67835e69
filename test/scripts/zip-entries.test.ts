import { expect, test } from 'vitest';
import { listZipEntries } from '../../scripts/package/zip-entries.ts';

/** An archive of two files without content, as `zip` would write its directory. */
function archiveOf(names: readonly string[]): Buffer {
  const directory = Buffer.concat(
    names.map(name => {
      const header = Buffer.alloc(46);
      header.writeUInt32LE(0x02014b50, 0);
      header.writeUInt32LE(name.length * 100, 24);
      header.writeUInt16LE(Buffer.byteLength(name), 28);
      return Buffer.concat([header, Buffer.from(name)]);
    }),
  );
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(0, 16);
  return Buffer.concat([directory, end]);
}

test('the directory of an archive names its files and their sizes', () => {
  expect(listZipEntries(archiveOf(['package.json', 'über.md']))).toEqual([
    { name: 'package.json', bytes: 1200 },
    { name: 'über.md', bytes: 700 },
  ]);
});

test('something else is refused', () => {
  expect(() => listZipEntries(Buffer.from('<html>'))).toThrow('no zip archive');
});
