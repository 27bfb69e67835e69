import { DiagnosticTag, type InitializeParams } from './protocol-library.ts';
import type { InitializationOptions } from '../protocol/messages.ts';

/** What the client on the other side understands, read once from its capabilities. */
export interface ClientFeatures {
  /** Name and version, for the log. */
  readonly client: string;
  readonly workDoneProgress: boolean;
  readonly watchedFiles: boolean;
  readonly workspaceFolders: boolean;
  /** It may be asked for its settings. */
  readonly configuration: boolean;
  /** It tells of changed settings once it is asked to. */
  readonly configurationChanges: boolean;
  /** Edits that name the version of the document they were made for. */
  readonly documentChanges: boolean;
  readonly createFiles: boolean;
  /** Edits may say what they are, and ask for confirmation. */
  readonly changeAnnotations: boolean;
  /** Edits may hold placeholders for the user to fill in. */
  readonly snippetEdits: boolean;
  /** Actions may be shown that can't be chosen, with the reason. */
  readonly disabledActions: boolean;
  /** An edit may be computed when the user picks the action. */
  readonly resolveEdits: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  readonly diagnosticTags: boolean;
  readonly markdownHover: boolean;
  /** Commands of ours that the client implements. */
  readonly commands: ReadonlySet<string>;
}

/** What a client says of itself when it shakes hands. */
type ClientPromises = Pick<InitializeParams, 'capabilities' | 'clientInfo' | 'initializationOptions'>;

/** Reads the capabilities; whatever isn't promised is taken as missing. */
export function readClientFeatures({
  capabilities,
  clientInfo,
  initializationOptions,
}: ClientPromises): ClientFeatures {
  const { textDocument, window, workspace } = capabilities;
  const codeAction = textDocument?.codeAction;
  const diagnostics = textDocument?.publishDiagnostics;
  return {
    client: clientInfo ? `${clientInfo.name} ${clientInfo.version ?? ''}`.trim() : 'an unnamed client',
    workDoneProgress: window?.workDoneProgress === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    changeAnnotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    disabledActions: codeAction?.disabledSupport === true,
    resolveEdits: codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    relatedInformation: diagnostics?.relatedInformation === true,
    codeDescription: diagnostics?.codeDescriptionSupport === true,
    diagnosticData: diagnostics?.dataSupport === true,
    diagnosticTags: diagnostics?.tagSupport?.valueSet.includes(DiagnosticTag.Unnecessary) === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    commands: new Set(commandsIn(initializationOptions)),
  };
}

function commandsIn(options: unknown): readonly string[] {
  if (typeof options !== 'object' || options === null) return [];
  const { commands } = options as Partial<Record<keyof InitializationOptions, unknown>>;
  return Array.isArray(commands) ? commands.filter(command => typeof command === 'string') : [];
}
