import type { FactMap, Facts } from '../core/fact.ts';
import type { FileFacts } from '../core/file-facts.ts';
import type { PythonFacts } from '../core/python-facts.ts';

/** Finds facts of one kind among the resolved calls of a file; needs no tree, so cached facts will do. */
export type Recogniser<Kind extends keyof FactMap> = (python: PythonFacts) => readonly FactMap[Kind][];

/** Recognisers by the kind of fact that they find; each stands in a folder of its own under `facts/`. */
const recognisers: { readonly [Kind in keyof FactMap]?: Recogniser<Kind> } = {
  call: python => python.calls,
};

/** All facts of a file that rules may listen to: those found in its tree, and those that follow from names. */
export function recognise(file: FileFacts, kinds: ReadonlySet<string>): Facts {
  const { python } = file;
  if (!python) return file.facts;
  const found = Object.entries(recognisers)
    .filter(([kind]) => kinds.has(kind))
    .map(([kind, find]) => [kind, find(python)] as const);
  return { ...file.facts, ...Object.fromEntries(found.filter(([, facts]) => facts.length > 0)) };
}
