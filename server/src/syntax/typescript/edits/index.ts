import type { TypeScriptEdits } from '../../../core/fix-context.ts';
import { addCallOption } from './call-option.ts';
import { logInHandler } from './log-in-handler.ts';

/** Edits of TypeScript and JavaScript; all of them parse the text they are given and leave one that parses. */
export const typescriptEdits: TypeScriptEdits = { addCallOption, logInHandler };
