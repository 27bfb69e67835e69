import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compileKnowledge } from '../../scripts/generate/knowledge.ts';

describe('compiling knowledge', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'readiness-knowledge-'));
    await mkdir(join(root, 'server/src/knowledge'), { recursive: true });
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  function write(name: string, content: string): Promise<void> {
    return writeFile(join(root, 'server/src/knowledge', name), content);
  }

  const schema = JSON.stringify({
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['kind'],
      additionalProperties: false,
      properties: { kind: { enum: ['sleep', 'network'] } },
    },
  });

  test('gathers all files by subject, in a fixed order', async () => {
    await write('shelves.yaml', 'fiction: 3\n');
    await write('books.yaml', '- Emma\n- Dracula\n');

    const { content } = await compileKnowledge(root);

    expect(JSON.parse(content)).toEqual({
      $comment: expect.stringContaining('npm run generate') as string,
      books: ['Emma', 'Dracula'],
      shelves: { fiction: 3 },
    });
    expect(content.indexOf('books')).toBeLessThan(content.indexOf('shelves'));
  });

  test('names file and line of a value that the schema forbids', async () => {
    await write('blocking.schema.json', schema);
    await write('blocking.yaml', 'time.sleep:\n  kind: sleep\nshop.fetch:\n  kind: netwrok\n');

    await expect(compileKnowledge(root)).rejects.toThrow(
      /^server\/src\/knowledge\/blocking\.yaml:4: .*`shop\.fetch\.kind` must be equal.*: sleep, network$/,
    );
  });

  test('names file and line of an unknown key', async () => {
    await write('blocking.schema.json', schema);
    await write('blocking.yaml', 'time.sleep:\n  kind: sleep\n  kin: network\n');

    await expect(compileKnowledge(root)).rejects.toThrow(/blocking\.yaml:3: .*`kin`/);
  });

  test('names file and line of broken YAML', async () => {
    await write('blocking.yaml', 'time.sleep: sleep\nshop.fetch: [network\n');

    await expect(compileKnowledge(root)).rejects.toThrow(/blocking\.yaml:\d+: /);
  });
});
