import type { Session } from '../engine/session.ts';
import type { FileTexts } from './file-texts.ts';
import type { Log } from './log.ts';
import type { OpenDocument } from './open-documents.ts';
import type { Connection } from './protocol-library.ts';
import type { DiagnosticPublisher } from './publish-diagnostics.ts';
import type { Quarantine } from './quarantine.ts';
import type { WorkQueue } from './work-queue.ts';

/** What a root is, and what it works with. */
export interface RootOptions {
  /** As the client spells it. */
  readonly uri: string;
  /** Absolute, with forward slashes. */
  readonly path: string;
  readonly name: string;
  /** `folder`: a workspace folder, scanned as a whole. `loose`: there for open documents outside of all folders. */
  readonly kind: 'folder' | 'loose';
  /** Whether a file, relative to the root, is this root's: those of a root inside it are not. */
  readonly owns: (path: string) => boolean;
  readonly connection: Connection;
  readonly log: Log;
  readonly createSession: () => Promise<Session>;
  readonly publisher: DiagnosticPublisher;
  readonly texts: FileTexts;
  /** Documents of this root that are open now. */
  readonly openDocuments: () => readonly OpenDocument[];
  /** Scans and refreshes of all roots, one after the other. */
  readonly queue: WorkQueue;
  readonly quarantine: Quarantine;
  /** Called when what the panel shows is out of date, or merely the activity. */
  readonly onChange: (what: 'model' | 'activity') => void;
}
