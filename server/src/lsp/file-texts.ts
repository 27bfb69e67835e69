import { LineIndex } from '../core/text.ts';
import type { Positions } from './convert.ts';
import type { OpenDocuments } from './open-documents.ts';
import { uriInside } from './uris.ts';

/** Reads a file by its absolute path, decoded as the analysis decodes it; undefined when it can't be read. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** Texts of the files of one root, where an open document wins over the disk. Paths are relative to the root. */
export class FileTexts {
  readonly #rootUri: string;
  readonly #rootPath: string;
  readonly #documents: OpenDocuments;
  readonly #read: ReadText;

  constructor(rootUri: string, rootPath: string, documents: OpenDocuments, read: ReadText) {
    this.#rootUri = rootUri;
    this.#rootPath = rootPath;
    this.#documents = documents;
    this.#read = read;
  }

  absolute(path: string): string {
    return `${this.#rootPath}/${path}`;
  }

  /** The client's own spelling for an open document, else one made from the root's. */
  uri(path: string): string {
    return this.#documents.at(this.absolute(path))?.uri ?? uriInside(this.#rootUri, path);
  }

  openVersion(path: string): number | undefined {
    return this.#documents.at(this.absolute(path))?.version;
  }

  /** The text as it is now; undefined when the file can't be read. */
  async text(path: string): Promise<string | undefined> {
    const open = this.#documents.at(this.absolute(path));
    return open ? open.text.getText() : this.#read(this.absolute(path));
  }

  /** Converts offsets of the text as it is now; undefined when the file can't be read. */
  async positions(path: string): Promise<Positions | undefined> {
    const open = this.#documents.at(this.absolute(path));
    return open ? open.text : this.positionsOnDisk(path);
  }

  /** Converts offsets of the text on disk, whatever an editor holds. */
  async positionsOnDisk(path: string): Promise<Positions | undefined> {
    const text = await this.#read(this.absolute(path));
    return text === undefined ? undefined : positionsOf(text);
  }
}

/** Converts offsets of a text that is no open document. */
export function positionsOf(text: string): Positions {
  const lines = new LineIndex(text);
  return { positionAt: offset => lines.position(offset) };
}
