import type { BlockedCall } from '#rule-kit';

/** Whether a call can be run in a thread as it stands, and if not, why. */
export type Move =
  | { readonly grade: 'safe' | 'suggested' }
  | {
      readonly grade: 'none';
      readonly because: 'iterated' | 'entered' | 'threadBound' | 'usesLoop' | 'noAwait';
    };

/** Says whether moving the call alone to a thread keeps the behaviour. */
export function judgeMove({ form, conduct, movable }: BlockedCall): Move {
  if (form === 'generator') return { grade: 'none', because: 'iterated' };
  if (form === 'context') return { grade: 'none', because: 'entered' };
  if (conduct === 'bound') return { grade: 'none', because: 'threadBound' };
  if (conduct === 'loop') return { grade: 'none', because: 'usesLoop' };
  if (!movable) return { grade: 'none', because: 'noAwait' };
  // A new object goes on to live on the event loop; what it keeps may want the thread that made it.
  return { grade: conduct === 'free' && form === 'call' ? 'safe' : 'suggested' };
}
