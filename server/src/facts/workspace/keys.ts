import type { ClassRef } from './entity.ts';
import { createNumbering } from './numbering.ts';
import type { KeyNumber } from './tracker.ts';

/** Numbers of what an answer may depend on: everything that an edit of some file can change for the others. */
export interface Keys {
  /** A function or class of a file, by its qualified name. */
  definition(path: string, name: string): KeyNumber;
  /** What a function gives back and yields. */
  results(path: string, name: string): KeyNumber;
  /** What a module binds a name to. */
  name(path: string, name: string): KeyNumber;
  /** Star imports and exports of a module. */
  stars(path: string): KeyNumber;
  /** A class, whatever it is like. */
  class(owner: ClassRef): KeyNumber;
  /** A method or attribute that the body of a class, or `self`, is given. */
  member(owner: ClassRef, member: string): KeyNumber;
  /** Whether a subclass has a member of that name, too. */
  override(owner: ClassRef, member: string): KeyNumber;
  /** Whether code outside of a module or class sets a name in it. */
  patch(path: string, name: string): KeyNumber;
}

/** Opens the keys of one workspace. */
export function createKeys(): Keys {
  const { numberOf } = createNumbering<
    'definition' | 'results' | 'name' | 'stars' | 'class' | 'member' | 'override' | 'patch'
  >();
  const classOf = ({ path, name }: ClassRef): number => numberOf('class', path, name);
  return {
    definition: (path, name) => numberOf('definition', path, name),
    results: (path, name) => numberOf('results', path, name),
    name: (path, name) => numberOf('name', path, name),
    stars: path => numberOf('stars', path),
    class: classOf,
    member: (owner, member) => numberOf('member', classOf(owner), member),
    override: (owner, member) => numberOf('override', classOf(owner), member),
    patch: (path, name) => numberOf('patch', path, name),
  };
}
