import type { RaiseFacts } from '../../core/facts/raises.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { kindOf, parentOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { createCallReader } from './read-call.ts';
import { readGuards } from './guards.ts';
import { createRegionWriter } from './region-writer.ts';
import { createSiteReader } from './read-site.ts';
import { createValueReader } from './value-reader.ts';

/** What the code of one file can raise; see {@link RaiseFacts}. */
export function extractRaises(file: PythonFile): RaiseFacts {
  const { tree } = file.source;
  const writer = createRegionWriter();
  const values = createValueReader(file);
  const readSite = createSiteReader(file, values, writer);
  const readCall = createCallReader(file, values, writer);
  const regionOf = new Int32Array(tree.size);
  regionOf[0] = writer.regionOf(-1, []);
  for (let node = 1; node < tree.size; node++) {
    const region = enter(node, parentOf(tree, node));
    regionOf[node] = region;
    // Annotations are not run, or raise nothing.
    if (kindOf(tree, node) === Kind.type) continue;
    if (kindOf(tree, node) === Kind.call) readCall(node, region);
    else readSite(node, region);
  }
  return { regions: writer.written(), guards: readGuards(file) };

  function enter(node: NodeIndex, parent: NodeIndex): number {
    const around = regionOf[parent] ?? 0;
    if (tree.fields[node] !== Field.body) return around;
    switch (kindOf(tree, parent)) {
      case Kind.function_definition:
      case Kind.lambda:
        return writer.regionOf(file.numbers.functions.get(parent) ?? -1, []);
      case Kind.try_statement: {
        const number = file.numbers.tries.get(parent);
        if (number === undefined) return around;
        return writer.regionOf(writer.functionOf(around), [...writer.triesOf(around), number]);
      }
      default:
        return around;
    }
  }
}
