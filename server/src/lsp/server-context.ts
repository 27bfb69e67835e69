import type { Connection } from './protocol-library.ts';
import type { Rule } from '../core/rule.ts';
import type { Session } from '../engine/session.ts';
import { CHANGED_NOTIFICATION, type ChangedParams } from '../protocol/messages.ts';
import { ChangesOnDisk } from './changes-on-disk.ts';
import type { ClientFeatures } from './client-features.ts';
import { DiagnosticBudget } from './diagnostic-limits.ts';
import { FileTexts, type ReadText } from './file-texts.ts';
import { NO_NOTES, openInFlight, type NoteOwner } from './in-flight.ts';
import { inBackground, type Log } from './log.ts';
import { OpenDocuments } from './open-documents.ts';
import { DiagnosticPublisher } from './publish-diagnostics.ts';
import { Quarantine } from './quarantine.ts';
import { RulePages } from './rule-pages.ts';
import type { MeasureText } from './suppressions-in.ts';
import { Throttle, WorkQueue } from './work-queue.ts';
import { WorkspaceRoot } from './workspace-root.ts';
import { WorkspaceRoots } from './workspace-roots.ts';

/** The panel is told of changes at most this often, in milliseconds. */
const CHANGE_INTERVAL = 250;

/** What the server is put together from. */
export interface ServerParts {
  readonly version: string;
  readonly rules: readonly Rule[];
  /** Folder with the rules' pages. */
  readonly pagesFolder: string;
  /** Starts the analysis of a folder; the path is absolute. */
  readonly createSession: (root: string, log: Log) => Promise<Session>;
  readonly readText: ReadText;
  /** Facts of a text, by the path of its file. */
  readonly measureText: MeasureText;
  /** Where to note which document is being analysed; without it, a crash is forgotten. */
  readonly notesFolder: string | undefined;
}

/** Everything that the handlers of requests and notifications share. */
export interface ServerContext {
  readonly connection: Connection;
  readonly log: Log;
  readonly version: string;
  readonly features: ClientFeatures;
  readonly documents: OpenDocuments;
  readonly roots: WorkspaceRoots;
  readonly changes: ChangesOnDisk;
  readonly pages: RulePages;
  readonly measureText: MeasureText;
  readonly budget: DiagnosticBudget;
  dispose(): void;
}

/** Connects the parts for one client. */
export function createContext(
  connection: Connection,
  parts: ServerParts,
  features: ClientFeatures,
  owner: NoteOwner,
): ServerContext {
  const { version, rules, pagesFolder, createSession, readText, measureText } = parts;
  const log: Log = connection.console;
  const documents = new OpenDocuments();
  const pages = new RulePages(rules, pagesFolder);
  const queue = new WorkQueue();
  const budget = new DiagnosticBudget();
  const { notesFolder } = parts;
  const quarantine = new Quarantine(notesFolder === undefined ? NO_NOTES : openInFlight(notesFolder, owner, log));
  const notifier = new ChangeNotifier(connection, log, () => roots);
  const roots: WorkspaceRoots = new WorkspaceRoots(documents, log, request => {
    const { uri, path, owns } = request;
    const texts = new FileTexts(uri, path, documents, readText);
    const publisher = new DiagnosticPublisher({
      send: params => {
        inBackground(log, 'publish diagnostics', () => connection.sendDiagnostics(params));
      },
      onChange: () => {
        notifier.changed('model');
      },
      ...{ texts, pages, features, owns, budget },
    });
    return new WorkspaceRoot({
      ...request,
      ...{ connection, log, texts, queue, publisher, quarantine },
      createSession: () => createSession(path, log),
      onChange: what => {
        notifier.changed(what);
      },
    });
  });
  const changes = new ChangesOnDisk(roots, documents, log);
  const dispose = (): void => {
    notifier.dispose();
    changes.dispose();
    roots.dispose();
    quarantine.dispose();
  };
  return { connection, log, version, features, documents, roots, pages, changes, measureText, budget, dispose };
}

/** Tells the client, not too often, that its panel is out of date. */
class ChangeNotifier {
  readonly #throttle: Throttle;
  #model = false;

  constructor(connection: Connection, log: Log, roots: () => WorkspaceRoots) {
    this.#throttle = new Throttle(CHANGE_INTERVAL, () => {
      const params: ChangedParams = {
        roots: roots()
          .folders()
          .map(({ options: { uri }, activity }) => ({ uri, activity })),
        model: this.#model,
      };
      this.#model = false;
      inBackground(log, 'report a change', () => connection.sendNotification(CHANGED_NOTIFICATION.method, params));
    });
  }

  changed(what: 'model' | 'activity'): void {
    this.#model ||= what === 'model';
    this.#throttle.request();
  }

  dispose(): void {
    this.#throttle.dispose();
  }
}
