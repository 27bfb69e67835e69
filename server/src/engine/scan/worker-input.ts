import type { Settings } from '../../core/settings.ts';

/** What a worker is told when it starts. */
export interface WorkerInput {
  /** Absolute path of the workspace root. */
  readonly root: string;
  readonly settings: Settings;
  /** Folder of the parsers' WebAssembly files. */
  readonly assetFolder: string;
}
