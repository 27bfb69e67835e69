import { parse as parseJson, type ParseError } from 'jsonc-parser';
import { parseTOML } from 'toml-eslint-parser';
import { ts } from 'ts-morph';
import { parseAllDocuments } from 'yaml';
import { isTypeScript } from '../../server/src/engine/extract.ts';

/** What the parser of a file's language complains about, other than Python's; empty for a valid file and for other files. */
export function syntaxErrors(path: string, text: string): readonly string[] {
  if (isTypeScript(path)) return typescriptErrors(path, text);
  if (path.endsWith('.json')) return jsonErrors(text);
  if (path.endsWith('.toml')) return tomlErrors(text);
  return /\.ya?ml$/.test(path)
    ? parseAllDocuments(text).flatMap(({ errors }) => errors.map(error => error.message))
    : [];
}

function typescriptErrors(path: string, text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ESNext },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** Names in a TypeScript file that nothing in it declares. */
export function unknownNames(path: string, text: string): ReadonlySet<string> {
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noLib: true,
    noResolve: true,
    noEmit: true,
    types: [],
  };
  const host: ts.CompilerHost = {
    getSourceFile: (name, version) => (name === path ? ts.createSourceFile(name, text, version, true) : undefined),
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '',
    getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: name => name === path,
    readFile: name => (name === path ? text : undefined),
  };
  const program = ts.createProgram([path], options, host);
  const file = program.getSourceFile(path);
  const messages = program
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  return new Set(messages.flatMap(message => /^Cannot find name '([^']+)'/.exec(message)?.[1] ?? []));
}

function jsonErrors(text: string): readonly string[] {
  const errors: ParseError[] = [];
  parseJson(text, errors, { allowTrailingComma: true });
  return errors.map(({ error, offset }) => `JSON error ${error} at offset ${offset}`);
}

function tomlErrors(text: string): readonly string[] {
  try {
    parseTOML(text);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
