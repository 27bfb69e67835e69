import {
  groupBy,
  npmRangesMeet,
  type DependencyFact,
  type FileFacts,
  type Workspace,
  type WorkspaceRuleContext,
} from '#rule-kit';
import { folderOf } from './purpose.ts';

interface PackageDeclaration {
  readonly path: string;
  readonly dependency: DependencyFact;
}

/**
 * Looks for runtime dependencies that packages of one npm workspace want in versions that exclude each other.
 * @returns whether any dependency is shared
 */
export function examineNpmWorkspaces(workspace: Workspace, context: WorkspaceRuleContext): boolean {
  const packages = workspace.files.filter(file => file.manifest?.format === 'package.json' && counts(file));
  let isShared = false;
  for (const root of packages.filter(file => file.manifest?.workspacePatterns)) {
    const declarations = membersOf(root, packages).flatMap(declarationsOf);
    for (const group of groupBy(declarations, ({ dependency }) => dependency.name).values()) {
      const rivals = otherPackages(group);
      if (rivals.length === 0) continue;
      isShared = true;
      context.examined(rivals.length);
      examineGroup(group, context);
    }
  }
  return isShared;
}

function counts({ kind }: FileFacts): boolean {
  return kind === 'source' || kind === 'test';
}

/** The root package and those whose folders its patterns name. */
function membersOf(root: FileFacts, packages: readonly FileFacts[]): readonly FileFacts[] {
  const base = folderOf(root.path);
  const prefix = base === '' ? '' : `${base}/`;
  const patterns = root.manifest?.workspacePatterns ?? [];
  const included = patterns.filter(pattern => !pattern.startsWith('!')).map(toExpression);
  const excluded = patterns.filter(pattern => pattern.startsWith('!')).map(pattern => toExpression(pattern.slice(1)));
  return packages.filter(({ path }) => {
    if (path === root.path) return true;
    if (!path.startsWith(prefix)) return false;
    const folder = folderOf(path.slice(prefix.length));
    return included.some(pattern => pattern.test(folder)) && !excluded.some(pattern => pattern.test(folder));
  });
}

/** Workspace patterns are folders with `*` for one of them and `**` for any number. */
function toExpression(pattern: string): RegExp {
  const parts = pattern.replace(/^\.\//, '').replace(/\/$/, '').split('/');
  const written = parts.map(part =>
    part === '**' ? '.*' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '[^/]*'),
  );
  return new RegExp(`^${written.join('/')}$`);
}

/** What runs in production. Two versions of a build tool hurt nobody, and paths and aliases have no version of their own. */
function declarationsOf({ path, manifest }: FileFacts): readonly PackageDeclaration[] {
  return (manifest?.dependencies ?? [])
    .filter(({ group, direct }) => group === undefined && !direct)
    .map(dependency => ({ path, dependency }));
}

function otherPackages(group: readonly PackageDeclaration[]): readonly PackageDeclaration[] {
  return group.filter(({ path }) => path !== group[0]?.path);
}

function examineGroup(group: readonly PackageDeclaration[], context: WorkspaceRuleContext): void {
  const usual = mostAgreedWith(group);
  if (!usual) return;
  for (const { path, dependency } of group) {
    if (path === usual.path || npmRangesMeet(dependency.specifier, usual.dependency.specifier) !== false) continue;
    const { name, specifier, range } = dependency;
    const other = usual.dependency.specifier;
    context.report(path, {
      range,
      message: `\`${name}\` is \`${specifier}\` here and \`${other}\` in \`${usual.path}\` of the same workspace, so both versions are installed and their types and singletons don't mix. Agree on one range.`,
      priority: 'low',
      related: [
        { path: usual.path, range: usual.dependency.range, message: `\`${name}\` is declared as \`${other}\` here.` },
      ],
    });
  }
}

/** The declaration that most of the others can live with; the first of those. */
function mostAgreedWith(group: readonly PackageDeclaration[]): PackageDeclaration | undefined {
  let best: { readonly declaration: PackageDeclaration; readonly friends: number } | undefined;
  for (const declaration of group) {
    const { specifier } = declaration.dependency;
    const friends = group.filter(other => npmRangesMeet(specifier, other.dependency.specifier) === true).length;
    if (!best || friends > best.friends) best = { declaration, friends };
  }
  return best?.declaration;
}
