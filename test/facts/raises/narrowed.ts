import type { Narrowing } from '../../../server/src/core/narrowing.ts';
import { applyEdits } from '../../../server/src/core/text.ts';
import { extractPythonFacts } from '../../../server/src/facts/python/extract.ts';
import { narrowHandler } from '../../../server/src/facts/raises/narrow.ts';
import { openWorkspaceRaises } from '../../../server/src/facts/raises/workspace-raises.ts';
import { createPythonWorkspace } from '../../../server/src/facts/workspace/python-workspace.ts';
import { narrowExcept } from '../../../server/src/syntax/python/edit/narrow-except.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';

/** What the last broad handler of a file is told. */
export interface Told {
  /** How the head would be written; undefined where nothing is offered. */
  readonly written: string | undefined;
  readonly unknown: readonly string[];
  readonly guessed: boolean;
  /** The file with the narrower head; the file itself where nothing is offered. */
  readonly text: string;
}

const NOTHING = { written: undefined, unknown: [], guessed: false };

/** Narrows the last broad handler of `path`; other files make it a workspace. */
export function tell(
  parser: PythonParser,
  text: string,
  others: Readonly<Record<string, string>> = {},
  path = 'shop/orders.py',
): Told {
  const source = parser.parse(path, text);
  const facts = extractPythonFacts(source, 'source');
  const handler = facts.facts.exceptionHandler?.findLast(
    ({ breadth, form }) => form === 'except' && (breadth === 'bare' || breadth === 'exception'),
  );
  if (!handler) return { ...NOTHING, text };
  const found: Narrowing | undefined = narrowHandler(
    source,
    facts,
    handler.range,
    workspaceOf(parser, { ...others, [path]: text }),
  );
  const head = found && narrowExcept(source, handler.range, found.types);
  if (!head) return { ...NOTHING, text };
  return { written: head.written, unknown: found.unknown, guessed: found.guessed, text: applyEdits(text, head.edits) };
}

function workspaceOf(
  parser: PythonParser,
  texts: Readonly<Record<string, string>>,
): ReturnType<typeof openWorkspaceRaises> {
  const workspace = createPythonWorkspace();
  const files = new Map(
    Object.entries(texts).map(([path, text]) => [path, extractPythonFacts(parser.parse(path, text), 'source')]),
  );
  workspace.update({ put: [...files.values()].flatMap(({ outline }) => outline ?? []), removed: [] });
  return openWorkspaceRaises(workspace, path => files.get(path)?.raises);
}

/** A file whose only handler guards the given statements. */
export function guarding(body: string, before = '', handler = '        return None'): string {
  const lines = body.split('\n').map(line => (line === '' ? '' : `        ${line}`));
  return `${before}\n\ndef order(request, rows, path):\n    try:\n${lines.join('\n')}\n    except Exception as error:\n${handler}\n`;
}
