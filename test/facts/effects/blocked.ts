import type { BlockedCall } from '../../../server/src/core/blocked-call.ts';
import { LineIndex } from '../../../server/src/core/text.ts';
import { createPythonWorkspace } from '../../../server/src/facts/workspace/python-workspace.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { outlineOf, type Texts } from '../workspace/linked.ts';

/** Blocked calls of a workspace with these files. */
export function blockedCallsOf(parser: PythonParser, texts: Texts): readonly BlockedCall[] {
  const workspace = createPythonWorkspace();
  const put = Object.entries(texts).map(([path, text]) => outlineOf(parser, path, text));
  workspace.update({ put, removed: [] });
  return workspace.blockedCalls().calls;
}

/** A chain on one line, each step with its place: `api.py:5 make_offer > offers.py:4 fetch_price > prices.py:3 requests.get`. */
export function inWords({ hops }: BlockedCall, texts: Texts): string {
  return hops
    .map(({ path, calleeRange, callee }) => {
      const { line } = new LineIndex(texts[path] ?? '').position(calleeRange.start);
      return `${path.slice(path.lastIndexOf('/') + 1)}:${line + 1} ${callee}`;
    })
    .join(' > ');
}
