import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { RULES } from '../../../rules/catalogue.ts';
import type { FileFacts } from '../../../server/src/core/file-facts.ts';
import type { Symbol } from '../../../server/src/core/python-facts.ts';
import type { OutlineCall } from '../../../server/src/core/python-outline.ts';
import type { PythonSource } from '../../../server/src/core/source-file.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/core/settings.ts';
import type { Extractor } from '../../../server/src/engine/extract.ts';
import { judgeFile } from '../../../server/src/engine/judge-file.ts';
import {
  heardKey,
  linkedNamesOf,
  viewThrough,
  type LinkedNames,
} from '../../../server/src/facts/workspace/linked-names.ts';
import { namesOfCalls } from '../../../server/src/facts/workspace/link-names.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { readExamples } from '../../support/read-examples.ts';

let extractor: Extractor;
beforeAll(async () => {
  extractor = await createTestExtractor();
});

/** What the pages of all rules show of Python. */
const texts = RULES.flatMap(({ meta }) =>
  ['README.md', 'cases.md'].flatMap(name => {
    const page = join(import.meta.dirname, '../../../rules', meta.aspect, meta.id, name);
    const examples = existsSync(page) ? readExamples(readFileSync(page, 'utf8')) : [];
    return examples.flatMap(({ files }) => files.flatMap(file => (file.path.endsWith('.py') ? [file.text] : [])));
  }),
);

/** A file of a program whose other files may give its names any meaning. */
interface Subject {
  readonly source: PythonSource;
  readonly calls: readonly OutlineCall[];
  readonly symbols: readonly Symbol[];
}

function open(text: string): Subject {
  const source = extractor.parser.parse('shop/example.py', text);
  const facts = extractor.fromPython(source);
  const calls = facts.outline?.calls ?? [];
  return { source, calls, symbols: [...new Set(calls.map(({ callee }) => callee.symbol))] };
}

/** Names with these meanings, as linking gives them. */
function linked({ calls }: Subject, meanings: ReadonlyMap<Symbol, Symbol>): LinkedNames | undefined {
  const entities = calls.map(({ callee }) => {
    const symbol = meanings.get(callee.symbol);
    return symbol === undefined ? undefined : { kind: 'external' as const, symbol };
  });
  return linkedNamesOf(namesOfCalls({ callees: calls, calleeOf: calls.map((_, at) => at) }, entities), undefined);
}

function factsOf({ source }: Subject, names: LinkedNames | undefined): FileFacts {
  return extractor.fromPython(source, names && viewThrough(names));
}

/** Everything that is said of a file. */
function saidOf(facts: FileFacts): unknown {
  const { findings, failures, examined } = judgeFile(facts, RULES, DEFAULT_SETTINGS);
  return { findings, failures, examined, facts: JSON.stringify(facts.facts) };
}

/** Symbols that the examples call themselves, and such as nobody has heard of. */
function poolOf(subjects: readonly Subject[]): readonly Symbol[] {
  const all = new Set(subjects.flatMap(({ source }) => callees(source)));
  return [...all, 'shelf.sort', 'shelf.Shelf().sort', 'shelf.Shelf', 'shelf.sort().first().open', 'typing.Any().get'];
}

function callees(source: PythonSource): readonly Symbol[] {
  const calls = extractor.fromPython(source).python?.calls ?? [];
  return calls.flatMap(({ callee }) => (callee && !/^[:.]/.test(callee.symbol) ? [callee.symbol] : []));
}

describe('what other files say of names', () => {
  test('changes nothing that is said of a file, where it has not asked for those names', () => {
    const subjects = texts.map(open).filter(({ symbols }) => symbols.length > 0);
    const pool = poolOf(subjects);
    let heardTheSame = 0;
    const meaning = fc.option(fc.constantFrom(...pool), { nil: undefined });
    const meanings = fc.infiniteStream(meaning);
    fc.assert(
      fc.property(fc.constantFrom(...subjects), meanings, (subject, given) => {
        const take = (symbol: Symbol): (readonly [Symbol, Symbol])[] => {
          const next = given.next().value as Symbol | undefined;
          return next === undefined ? [] : [[symbol, next]];
        };
        const before = new Map(subject.symbols.flatMap(take));
        const names = linked(subject, before);
        const facts = factsOf(subject, names);
        const asked = facts.asked ?? [];
        // All that was not asked for means something else now.
        const free = subject.symbols.filter(symbol => !asked.includes(symbol));
        const kept = [...before].filter(([symbol]) => !free.includes(symbol));
        const after = new Map([...kept, ...free.flatMap(take)]);
        const others = linked(subject, after);
        if (heardKey(names, asked) !== heardKey(others, asked)) return;
        heardTheSame++;
        expect(saidOf(factsOf(subject, others))).toEqual(saidOf(facts));
      }),
      { numRuns: 1000 },
    );
    expect(heardTheSame).toBeGreaterThan(100);
  });

  test('is heard where a handler asks what it catches', () => {
    const subject = open('from shop.errors import *\ntry:\n    sell()\nexcept Lost:\n    raise Lost()\n');
    const names = linked(subject, new Map([[':Lost', 'builtins.Exception']]));
    expect(heardKey(names, extractor.fromPython(subject.source).asked)).toBeDefined();
  });

  test('is heard where any call of a file may be the one that matters', () => {
    const subject = open('from shop.clock import *\ndef rest():\n    nap(1)\n');
    const asked = extractor.fromPython(subject.source).asked;
    expect(heardKey(linked(subject, new Map([[':nap', 'time.sleep']])), asked)).toBeDefined();
    expect(heardKey(linked(subject, new Map([[':nap', 'math.sqrt']])), asked)).toBeUndefined();
  });
});
