import { ts } from 'ts-morph';

/** What the walk does with a node besides going on; a number, so that most nodes cost one look into a table. */
export const ROLE = {
  none: 0,
  call: 1,
  try: 2,
  import: 3,
  declarations: 4,
  binary: 5,
  unary: 6,
  loop: 7,
  jsx: 8,
  function: 9,
  name: 10,
  number: 11,
  /** Literals whose text may look like a comment. */
  opaque: 12,
  jsxText: 13,
} as const;

const KINDS: readonly (readonly [number, readonly ts.SyntaxKind[]])[] = [
  [ROLE.call, [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression]],
  [ROLE.try, [ts.SyntaxKind.TryStatement]],
  [ROLE.import, [ts.SyntaxKind.ImportDeclaration]],
  [ROLE.declarations, [ts.SyntaxKind.VariableDeclarationList]],
  [ROLE.binary, [ts.SyntaxKind.BinaryExpression]],
  [ROLE.unary, [ts.SyntaxKind.PrefixUnaryExpression, ts.SyntaxKind.PostfixUnaryExpression]],
  [ROLE.loop, [ts.SyntaxKind.ForInStatement, ts.SyntaxKind.ForOfStatement]],
  [ROLE.jsx, [ts.SyntaxKind.JsxOpeningElement, ts.SyntaxKind.JsxSelfClosingElement, ts.SyntaxKind.JsxFragment]],
  [
    ROLE.function,
    [
      ts.SyntaxKind.FunctionDeclaration,
      ts.SyntaxKind.FunctionExpression,
      ts.SyntaxKind.ArrowFunction,
      ts.SyntaxKind.MethodDeclaration,
      ts.SyntaxKind.Constructor,
      ts.SyntaxKind.GetAccessor,
      ts.SyntaxKind.SetAccessor,
    ],
  ],
  [ROLE.name, [ts.SyntaxKind.Identifier, ts.SyntaxKind.PrivateIdentifier]],
  [ROLE.number, [ts.SyntaxKind.NumericLiteral, ts.SyntaxKind.BigIntLiteral]],
  [
    ROLE.opaque,
    [
      ts.SyntaxKind.StringLiteral,
      ts.SyntaxKind.RegularExpressionLiteral,
      ts.SyntaxKind.NoSubstitutionTemplateLiteral,
      ts.SyntaxKind.TemplateHead,
      ts.SyntaxKind.TemplateMiddle,
      ts.SyntaxKind.TemplateTail,
    ],
  ],
  [ROLE.jsxText, [ts.SyntaxKind.JsxText]],
];

/** Role of each kind of node, by its number. */
export const ROLE_BY_KIND: Readonly<Uint8Array> = (() => {
  const roles = new Uint8Array(ts.SyntaxKind.Count);
  for (const [role, kinds] of KINDS) for (const kind of kinds) roles[kind] = role;
  return roles;
})();
