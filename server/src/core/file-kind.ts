/** What a file is for; rules say which kinds they look at (default: `source` alone). */
export type FileKind = 'source' | 'test' | 'example' | 'migration' | 'generated' | 'vendored';

/** Which front end reads a file. */
export type Language = 'python' | 'typescript' | 'manifest' | 'workflow' | 'other';
