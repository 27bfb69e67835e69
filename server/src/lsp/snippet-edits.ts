import type { SnippetTextEdit, TextDocumentEdit, TextEdit, WorkspaceEdit } from './protocol-library.ts';

/**
 * An edit in which the editor selects the part that a person should choose. Unchanged when that part isn't in exactly
 * one of the inserted texts, where a person could not tell which one is meant.
 */
export function withPlaceholder(edit: WorkspaceEdit, choice: string): WorkspaceEdit {
  const changes = edit.documentChanges ?? [];
  const chosen = changes
    .flatMap(change => ('edits' in change ? change.edits : []))
    .filter(one => 'newText' in one && mentions(one.newText, choice));
  const [only, ...others] = chosen;
  if (!only || others.length > 0) return edit;

  const toSnippet = (one: TextDocumentEdit['edits'][number]): TextDocumentEdit['edits'][number] =>
    one === only && 'newText' in one ? snippetOf(one, choice) : one;
  return {
    ...edit,
    documentChanges: changes.map(change =>
      'edits' in change ? { ...change, edits: change.edits.map(toSnippet) } : change,
    ),
  };
}

/** Every occurrence becomes the same placeholder, so that they are typed together. */
function snippetOf({ range, newText }: TextEdit, choice: string): SnippetTextEdit {
  const parts = newText.split(new RegExp(occurrencesOf(choice), 'g')).map(escapeText);
  return {
    range,
    snippet: { kind: 'snippet', value: parts.join(`\${1:${escapeText(choice).replace(/\}/g, '\\}')}}`) },
  };
}

function mentions(text: string, choice: string): boolean {
  return occurrencesOf(choice).test(text);
}

/** Whole words and numbers only: the `30` of `300` is none. */
function occurrencesOf(choice: string): RegExp {
  return new RegExp(String.raw`(?<![\w.])${choice.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\w.])`);
}

function escapeText(text: string): string {
  return text.replace(/[\\$]/g, '\\$&');
}
