import type { Session } from '../engine/session.ts';
import type { PublishedFile } from './publish-diagnostics.ts';
import type { ServerContext } from './server-context.ts';
import { pathOfUri } from './uris.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

/** A file with what the client was told about it, and those who know more. */
export interface KnownFile {
  readonly root: WorkspaceRoot;
  readonly session: Session;
  readonly published: PublishedFile;
}

/** Finds a file by the client's name for it, once its findings are those of its current text. */
export async function publishedFile(
  { documents, roots }: Pick<ServerContext, 'documents' | 'roots'>,
  uri: string,
): Promise<KnownFile | undefined> {
  const path = pathOfUri(uri);
  const root = path === undefined ? undefined : roots.owner(path);
  if (path === undefined || !root?.session) return undefined;
  const document = documents.at(path);
  if (document) await root.settle(document);
  const published = root.publisher.file(root.relative(path));
  return published && { root, session: root.session, published };
}
