import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileFacts } from '../../../server/src/core/file-facts.ts';
import { decodeFacts, encodeFacts } from '../../../server/src/engine/scan/encode-facts.ts';

function factsOf(comments: readonly string[]): FileFacts {
  const range = { start: 0, end: 1 };
  const facts = comments.map(text => ({ range, text, ownLine: true }));
  return {
    path: 'orders.py',
    language: 'python',
    kind: 'source',
    comments: facts,
    syntaxErrors: [],
    facts: {},
    symbols: [],
  };
}

test('facts come out as they went in, few or many, in any script', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 60 }), comments => {
      const facts = factsOf(comments);
      const bytes = encodeFacts(facts);
      // In the cache they stand behind others.
      const shelved = new Uint8Array(bytes.length + 3);
      shelved.set(bytes, 3);

      expect(decodeFacts(bytes)).toEqual(facts);
      expect(decodeFacts(shelved.subarray(3))).toEqual(facts);
    }),
  );
});

test('many facts take a fraction of their JSON, and memory of their own', () => {
  const facts = factsOf(Array.from({ length: 500 }, (_, index) => `# Book ${index} is sold out`));

  const bytes = encodeFacts(facts);

  expect(bytes.length).toBeLessThan(JSON.stringify(facts).length / 4);
  expect(bytes.buffer.byteLength).toBe(bytes.length);
});

test('bytes of something else are an error', () => {
  expect(() => decodeFacts(Uint8Array.of(1, 2, 3))).toThrow();
  expect(() => decodeFacts(Uint8Array.of(0))).toThrow();
});
