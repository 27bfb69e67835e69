import type { Marker, MarkerOperator } from '../../core/facts/manifest.ts';

interface Token {
  readonly kind: 'name' | 'string' | 'operator' | 'open' | 'close';
  readonly text: string;
}

interface Cursor {
  readonly tokens: readonly Token[];
  index: number;
}

const TOKEN = /\s*(?:([A-Za-z_][\w.]*)|'([^']*)'|"([^"]*)"|(===|~=|==|!=|<=|>=|<|>)|(\()|(\)))/y;
const VARIABLES = new Set([
  'python_version',
  'python_full_version',
  'os_name',
  'sys_platform',
  'platform_release',
  'platform_system',
  'platform_version',
  'platform_machine',
  'platform_python_implementation',
  'implementation_name',
  'implementation_version',
  'extra',
  'extras',
  'dependency_groups',
]);
/** Spellings from before PEP 508 that tools still accept. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  'os.name': 'os_name',
  'sys.platform': 'sys_platform',
  'platform.version': 'platform_version',
  'platform.machine': 'platform_machine',
  'platform.python_implementation': 'platform_python_implementation',
  python_implementation: 'platform_python_implementation',
};
const TURNED: Readonly<Record<string, MarkerOperator>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
  '===': '===',
  in: 'contains',
  'not in': 'not contains',
};
/** Deeper nesting than any real marker has; keeps hostile input from filling the stack. */
const DEEPEST = 50;

/** Reads an environment marker of PEP 508; undefined when it is not one. */
export function parseMarker(text: string): Marker | undefined {
  const tokens = tokenize(text);
  if (!tokens) return undefined;
  const cursor = { tokens, index: 0 };
  const marker = parseOr(cursor, 0);
  return cursor.index === tokens.length ? marker : undefined;
}

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) {
      TOKEN.lastIndex = 0;
      return undefined;
    }
    tokens.push(tokenOf(match));
  }
  TOKEN.lastIndex = 0;
  return tokens;
}

function tokenOf(match: RegExpExecArray): Token {
  const [, name, single, double, operator, open] = match;
  if (name !== undefined) return { kind: 'name', text: name };
  if (single !== undefined) return { kind: 'string', text: single };
  if (double !== undefined) return { kind: 'string', text: double };
  if (operator !== undefined) return { kind: 'operator', text: operator };
  return { kind: open === undefined ? 'close' : 'open', text: '' };
}

function parseOr(cursor: Cursor, depth: number): Marker | undefined {
  return parseList(cursor, 'or', () => parseList(cursor, 'and', () => parseOperand(cursor, depth)));
}

function parseList(cursor: Cursor, kind: 'and' | 'or', parseItem: () => Marker | undefined): Marker | undefined {
  const first = parseItem();
  if (!first) return undefined;
  const operands = [first];
  while (takeName(cursor, kind)) {
    const next = parseItem();
    if (!next) return undefined;
    operands.push(next);
  }
  return operands.length === 1 ? first : { kind, operands };
}

function parseOperand(cursor: Cursor, depth: number): Marker | undefined {
  if (cursor.tokens[cursor.index]?.kind !== 'open') return parseComparison(cursor);
  if (depth === DEEPEST) return undefined;
  cursor.index++;
  const inner = parseOr(cursor, depth + 1);
  if (!inner || cursor.tokens[cursor.index]?.kind !== 'close') return undefined;
  cursor.index++;
  return inner;
}

function parseComparison(cursor: Cursor): Marker | undefined {
  const left = takeValue(cursor);
  const operator = takeOperator(cursor);
  const right = takeValue(cursor);
  if (!left || !operator || !right) return undefined;
  if (left.kind === right.kind) return { kind: 'unknown' };
  if (left.kind === 'name') return comparison(left.text, operator, right.text);
  const turned = TURNED[operator];
  return turned === undefined ? { kind: 'unknown' } : comparison(right.text, turned, left.text);
}

function comparison(name: string, operator: MarkerOperator, value: string): Marker {
  return { kind: 'comparison', variable: OLD_NAMES[name] ?? name, operator, value };
}

function takeValue(cursor: Cursor): Token | undefined {
  const token = cursor.tokens[cursor.index];
  const isValue = token?.kind === 'string' || (token?.kind === 'name' && isVariable(token.text));
  if (!isValue) return undefined;
  cursor.index++;
  return token;
}

function isVariable(name: string): boolean {
  return VARIABLES.has(name) || name in OLD_NAMES;
}

function takeOperator(cursor: Cursor): MarkerOperator | undefined {
  const token = cursor.tokens[cursor.index];
  if (token?.kind === 'operator') {
    cursor.index++;
    // The tokenizer lets exactly these through.
    return token.text as MarkerOperator;
  }
  if (takeName(cursor, 'in')) return 'in';
  const next = cursor.tokens[cursor.index + 1];
  if (next?.kind !== 'name' || next.text !== 'in' || !takeName(cursor, 'not')) return undefined;
  cursor.index++;
  return 'not in';
}

function takeName(cursor: Cursor, name: string): boolean {
  const token = cursor.tokens[cursor.index];
  if (token?.kind !== 'name' || token.text !== name) return false;
  cursor.index++;
  return true;
}
