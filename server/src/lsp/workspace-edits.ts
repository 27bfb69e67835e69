import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  CreateFile,
  TextDocumentEdit,
  TextEdit as LspTextEdit,
  WorkspaceEdit,
} from './protocol-library.ts';
import type { FileEdit } from '../core/fix.ts';
import type { ClientFeatures } from './client-features.ts';
import { toTextEdits } from './convert.ts';
import { positionsOf, type FileTexts } from './file-texts.ts';

/** A file's edits in the client's terms. */
interface ConvertedEdit {
  readonly uri: string;
  /** Version of the open document; null for a file that is closed. */
  readonly version: number | null;
  readonly create: boolean;
  readonly edits: LspTextEdit[];
}

/** What the client is to tell its user about an edit, and whether it is to ask first. */
export interface EditNote {
  readonly label: string;
  readonly description?: string;
  readonly needsConfirmation: boolean;
}

/** Name of the one annotation of an edit. */
const NOTE = 'readiness';

/**
 * Edits of a root's files as one edit of the client, with the versions that it was made for.
 * Undefined when a file can't be read, or when the client has no means to make a new one.
 * @param note shown where the client knows annotations
 */
export async function toWorkspaceEdit(
  files: readonly FileEdit[],
  texts: FileTexts,
  features: ClientFeatures,
  note?: EditNote,
): Promise<WorkspaceEdit | undefined> {
  const converted: ConvertedEdit[] = [];
  for (const file of files) {
    const edit = await convert(file, texts);
    if (!edit || (edit.create && !(features.createFiles && features.documentChanges))) return undefined;
    converted.push(edit);
  }
  if (!features.documentChanges)
    return { changes: Object.fromEntries(converted.map(({ uri, edits }) => [uri, edits])) };
  const edit = { documentChanges: converted.flatMap(documentChangesOf) };
  return note && features.changeAnnotations ? annotated(edit, note) : edit;
}

async function convert({ path, edits, create }: FileEdit, texts: FileTexts): Promise<ConvertedEdit | undefined> {
  const uri = texts.uri(path);
  const version = texts.openVersion(path) ?? null;
  if (create !== undefined) {
    const insertion = { range: { start: 0, end: 0 }, newText: create };
    return { uri, version, create: true, edits: toTextEdits([insertion], positionsOf('')) };
  }
  const positions = await texts.positions(path);
  return positions && { uri, version, create: false, edits: toTextEdits(edits, positions) };
}

function documentChangesOf({ uri, version, create, edits }: ConvertedEdit): (CreateFile | TextDocumentEdit)[] {
  const change: TextDocumentEdit = { textDocument: { uri, version }, edits };
  // A file that came into being meanwhile is not overwritten: the client then refuses the whole edit.
  return create ? [{ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } }, change] : [change];
}

function annotated(
  { documentChanges }: { readonly documentChanges: readonly (CreateFile | TextDocumentEdit)[] },
  note: EditNote,
): WorkspaceEdit {
  const annotate = (edit: TextDocumentEdit['edits'][number]): AnnotatedTextEdit | typeof edit => ({
    ...edit,
    annotationId: NOTE,
  });
  const annotation: ChangeAnnotation = { ...note };
  return {
    documentChanges: documentChanges.map(change =>
      'edits' in change ? { ...change, edits: change.edits.map(annotate) } : { ...change, annotationId: NOTE },
    ),
    changeAnnotations: { [NOTE]: annotation },
  };
}
