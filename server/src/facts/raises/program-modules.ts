/**
 * Whether importing a module runs code of the program, or of whoever installs it, and not a library's: it may fail in any
 * way.
 * @param module absolute name; empty or starting with a dot for a relative one
 * @param path file that imports it, relative to the workspace root
 */
export function isModuleOfProgram(module: string, path: string): boolean {
  const [top = ''] = module.split('.');
  return top === '' || path.split('/').includes(top) || USER_HOOKS.has(top);
}

/** Modules that Python looks for at its start. */
const USER_HOOKS: ReadonlySet<string> = new Set(['sitecustomize', 'usercustomize']);
