/** One file of an example. */
export interface ExampleFile {
  readonly path: string;
  /** Without the markers. */
  readonly text: string;
  /** 0-based lines that carried a marker. */
  readonly marked: readonly number[];
}

/** A small workspace under one heading of a page. */
export interface Example {
  readonly heading: string;
  /** 1-based line of the page on which its first block starts. */
  readonly line: number;
  readonly files: readonly ExampleFile[];
  /** Expected texts after all fixes, by path, from blocks marked `fixed`. */
  readonly fixed: ReadonlyMap<string, string>;
}

interface Block {
  readonly line: number;
  readonly language: string;
  readonly path: string | undefined;
  readonly isFixed: boolean;
  readonly code: string;
}

const DEFAULT_PATHS: Readonly<Record<string, string>> = {
  python: 'example.py',
  ts: 'example.ts',
  tsx: 'example.tsx',
  js: 'example.js',
  typescript: 'example.ts',
  javascript: 'example.js',
};

const MARKER = /[ \t]*(?:#|\/\/|<!--)[ \t]*finding(?:[ \t]*-->)?[ \t]*$/;

/**
 * Reads the examples of a rule's page. Blocks that name a file form one workspace under each heading; every other block
 * is a workspace of its own. A block marked `fixed` says what the one before, or the one of the same name, becomes.
 */
export function readExamples(markdown: string): readonly Example[] {
  const examples: Example[] = [];
  for (const { heading, blocks } of sectionsOf(markdown)) {
    const named = blocks.filter(block => block.path !== undefined);
    if (named.length > 0) examples.push(toExample(heading, named));
    let current: Block[] = [];
    for (const block of blocks.filter(({ path }) => path === undefined)) {
      if (!block.isFixed && current.length > 0) examples.push(toExample(heading, current));
      current = block.isFixed ? [...current, block] : [block];
    }
    if (current.length > 0) examples.push(toExample(heading, current));
  }
  return examples;
}

function toExample(heading: string, blocks: readonly Block[]): Example {
  const files = blocks.filter(block => !block.isFixed).map(toFile);
  const fixed = new Map(blocks.filter(block => block.isFixed).map(block => [pathOf(block), block.code]));
  return { heading, line: blocks[0]?.line ?? 0, files, fixed };
}

function toFile(block: Block): ExampleFile {
  const lines = block.code.split('\n');
  const marked = lines.flatMap((line, index) => (MARKER.test(line) ? [index] : []));
  return { path: pathOf(block), text: lines.map(line => line.replace(MARKER, '')).join('\n'), marked };
}

function pathOf(block: Block): string {
  const path = block.path ?? DEFAULT_PATHS[block.language];
  if (path === undefined) throw new Error(`Line ${block.line}: a block in ${block.language} has to name its file.`);
  return path;
}

function sectionsOf(markdown: string): { heading: string; blocks: Block[] }[] {
  const sections: { heading: string; blocks: Block[] }[] = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const heading = /^##+ (.*)$/.exec(line);
    if (heading) sections.push({ heading: heading[1] ?? '', blocks: [] });
    const fence = /^(`{3,})(\w*)[ \t]*(.*)$/.exec(line);
    if (!fence) continue;
    const [, ticks = '', language = '', info = ''] = fence;
    const end = lines.indexOf(ticks, index + 1);
    if (end < 0) throw new Error(`Line ${index + 1}: the block is never closed.`);
    const words = info.split(/\s+/).filter(word => word !== '');
    const path = words.find(word => word !== 'fixed');
    sections.at(-1)?.blocks.push({
      line: index + 1,
      language,
      path,
      isFixed: words.includes('fixed'),
      code: `${lines.slice(index + 1, end).join('\n')}\n`,
    });
    index = end;
  }
  return sections;
}
