import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseShell } from '../../../server/src/syntax/workflow/parse-shell.ts';

/** Commands and groups of a script on one line each; `?` stands for a word that is not known. */
function outline(script: string): string[] {
  return parseShell(script).items.map(item => {
    if (item.kind !== 'command') return item.kind === 'open' ? `+${item.group}` : `-${item.group}`;
    const words = item.words.map(word => (word.root === 'current' ? '' : `<${word.root}>`) + (word.text ?? '?'));
    const redirects = item.redirects.map(({ operator, target }) => operator + (target.text ?? '?'));
    return [item.negated ? '!' : '', ...words, ...redirects, item.after === ';' ? '' : item.after]
      .filter(Boolean)
      .join(' ');
  });
}

test('splits commands at operators and ends of lines', () => {
  expect(outline('cd shop && pip install -r a.txt; ls\nmake || true')).toEqual([
    'cd shop &&',
    'pip install -r a.txt',
    'ls',
    'make ||',
    'true',
  ]);
});

test('quotes, escapes and continued lines belong to words', () => {
  expect(outline('cd "old shop" \'till a\' b\\ c \\\n  d#e # note')).toEqual(['cd old shop till a b c d#e']);
});

test('a place in a quoted word is inside the quotes', () => {
  const script = 'cd "shop/api"';
  const [command] = parseShell(script).items;
  const range = command?.kind === 'command' ? command.words[1]?.range : undefined;

  expect(script.slice(range?.start, range?.end)).toBe('shop/api');
});

test('expansions and wildcards are not known, the workspace is', () => {
  expect(outline('cp $A ${B}/c $(pwd)/d `e` *.py a{b,c} ${{ matrix.dir }}/x')).toEqual(['cp ? ? ? ? ? ? ?']);
  expect(
    outline(
      'cd $GITHUB_WORKSPACE/shop; cd "${{ github.workspace }}/till"; ls ${GITHUB_WORKSPACE}2 ${{ github.action_path }}/run.sh',
    ),
  ).toEqual(['cd <workspace>shop', 'cd <workspace>till', 'ls ? <action>run.sh']);
  expect(outline("echo '$A' '*'")).toEqual(['echo $A *']);
});

test('assignments in front of a command are no words of it', () => {
  expect(outline('A=1 B="$C" pytest tests\nD=$(ls)')).toEqual(['pytest tests']);
});

test('redirections are told from words', () => {
  expect(outline('make >out.txt 2>&1 < in.txt')).toEqual(['make >out.txt >&1 <in.txt']);
});

test('the body of a heredoc is no script', () => {
  expect(outline("cat > a.py <<'EOF' && ls\ncd nowhere\nEOF\ncat <<-END\n\tcd nowhere\n\tEND\ncd shop")).toEqual([
    'cat >a.py <<EOF &&',
    'ls',
    'cat <<-END',
    'cd shop',
  ]);
});

test('groups are marked', () => {
  expect(outline('(cd a && b); { c; } || d')).toEqual([
    '+subshell',
    'cd a &&',
    'b',
    '-subshell',
    '+braces',
    'c',
    '-braces',
    'd',
  ]);
  expect(outline('if [ -f a.txt ]; then b; else c; fi\nfor x in 1 2; do d; done')).toEqual([
    ...['+condition', '[ -f a.txt ]', '-condition', '+branch', 'b', '-branch', '+branch', 'c', '-branch'],
    ...['for x in 1 2', '+branch', 'd', '-branch'],
  ]);
  expect(outline('case "$1" in\n  on|off) a ;;\n  *) b ;;\nesac; build() { c; }; [[ -d x && -f y ]] && ! z')).toEqual([
    ...['+branch', 'a ;;', 'b ;;', '-branch', '+function', 'c', '-function', '[[ -d x -f y ]] &&', '! z'],
  ]);
});

test('comments are found with their places', () => {
  const script = 'ls # one\n# two\necho a#b';

  expect(parseShell(script).comments.map(range => script.slice(range.start, range.end))).toEqual(['# one', '# two']);
});

test('no text makes the reader throw, and all groups are closed', () => {
  const pieces = fc.constantFrom(
    'cd ',
    'if ',
    'then',
    'fi',
    '(',
    ')',
    '{ ',
    '}',
    '"',
    "'",
    '`',
    '$(',
    '${{ x }}',
    '${',
    '<<E',
    '\n',
    '\\',
    ' ',
    ';',
    '&&',
    '||',
    'case',
    'in',
    'x() ',
    '[[ ',
    '#',
    'done',
    '>',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 30 }), parts => {
      const script = parts.join('');
      const { items } = parseShell(script);
      const depth = items.reduce((sum, item) => sum + (item.kind === 'open' ? 1 : item.kind === 'close' ? -1 : 0), 0);
      expect(depth).toBe(0);
      for (const item of items) {
        if (item.kind !== 'command') continue;
        for (const { range } of item.words)
          expect(0 <= range.start && range.start <= range.end && range.end <= script.length).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});
