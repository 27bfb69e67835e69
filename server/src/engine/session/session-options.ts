import type { Rule } from '../../core/rule.ts';
import type { Extractor } from '../extract.ts';
import type { RuleNames } from '../rule-names.ts';
import type { Logger } from './failure-log.ts';

/** What a session is made from. */
export interface SessionOptions {
  /** Absolute path of the folder to analyse. */
  readonly root: string;
  readonly rules: readonly Rule[];
  readonly logger: Logger;
  /** Folder of the bundles and the parsers' WebAssembly files. */
  readonly assetFolder: string;
  /** Names the code that extracts and judges: another one never reads this one's cache. */
  readonly version: string;
  /** Former rule ids, with what took their place. */
  readonly formerIds: RuleNames['former'];
  /** The extractor of other sessions in this process: two runtimes of the parser beside each other break both. */
  readonly extractor?: Promise<Extractor>;
  /** `undefined`: the system's place for caches; `null`: no cache. */
  readonly cacheFolder?: string | null;
  /** False to report what the baseline accepts. */
  readonly useBaseline?: boolean;
  /** Worker threads of a scan; by default the cores but one, at most four. */
  readonly jobs?: number;
  /** Configuration file that the user named. */
  readonly configurationFile?: string;
}
