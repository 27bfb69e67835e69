import type { RequestName } from '../protocol/messages.ts';

/** Registers the handler of a request; `what` ends the sentence "Readiness could not …". */
export type AnswerRequest = <Params, Result>(
  name: RequestName<Params, Result>,
  what: string,
  handler: (params: Params) => Promise<Result>,
) => void;
