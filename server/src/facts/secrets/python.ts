import type { SecretFact } from '../../core/facts/secret.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import { readFromEnvironment } from '../../syntax/python/edit/read-environment.ts';
import { kindOf, parentOf, rangeOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { hasConnectionPassword } from './connection-string.ts';
import { findKnownSecret } from './formats.ts';
import { isBareStatement, isEnumMember, isIllustration } from './illustration.ts';
import { readLiteral, type Literal } from './literal.ts';
import { isSecretUnderName, mayBeSecret } from './named-value.ts';
import { placeOf, type Place } from './place.ts';
import { isPlaceholder } from './placeholder.ts';
import { environmentNameOf, saysWhatItHolds } from './secret-names.ts';
import { isRandom } from './strength.ts';
import { hasUrlPassword, hasUrlSecret } from './url-credentials.ts';

const MIN_LENGTH = 8;
/** As far from an access key as its secret key stands: in the same call, or a line below. */
const NEIGHBOURHOOD = 300;

/** String literals that look like secrets: by their own form, or by the name that they go by. */
export function findPythonSecrets(file: PythonFile): readonly SecretFact[] {
  const { tree } = file.source;
  const found: SecretFact[] = [];
  const awsCandidates: NodeIndex[] = [];
  for (const node of file.numbers.strings) {
    if (isShort(file, node) || isPartOfLiteral(file, node) || isBareStatement(file, node)) continue;
    const literal = readLiteral(file.source, node);
    if (!literal.pieces.some(piece => piece.length >= MIN_LENGTH)) continue;
    const secret = secretIn(file, literal);
    if (secret) found.push(secret);
    else if (isAwsSecret(literal)) awsCandidates.push(node);
  }
  const accessKeys = found.filter(({ description }) => description === 'AWS access key');
  const beside = awsCandidates.filter(node =>
    accessKeys.some(({ range }) => isNear(range.start, tree.starts[node] ?? 0)),
  );
  return [...found, ...beside.map(node => awsSecret(file, node))].sort((a, b) => a.range.start - b.range.start);
}

/** Whether all of a literal, quotes included, is shorter than any secret; nothing that is written in a string makes it longer. */
function isShort({ source: { tree } }: PythonFile, node: NodeIndex): boolean {
  return (tree.ends[node] ?? 0) - (tree.starts[node] ?? 0) < MIN_LENGTH;
}

/** A part of a concatenation is read with the others. */
function isPartOfLiteral({ source: { tree } }: PythonFile, node: NodeIndex): boolean {
  return kindOf(tree, node) === Kind.string && kindOf(tree, parentOf(tree, node)) === Kind.concatenated_string;
}

function secretIn(file: PythonFile, literal: Literal): SecretFact | undefined {
  const known = knownSecretIn(literal);
  if (known === undefined && literal.isFormatted) return undefined;
  if (known === undefined && !literal.pieces.some(mayBeSecret)) return undefined;
  const place = placeOf(file, literal.node);
  const { name } = place;
  if (known) {
    if (isIllustration(file, literal.node)) return undefined;
    const ownName = name !== undefined && saysWhatItHolds(name) ? environmentNameOf(name) : undefined;
    const environmentName = ownName ?? known.environmentName;
    const { description, isWhole } = known;
    return { ...factAt(file, literal, place, isWhole), description, environmentName, certainty: 'format' };
  }
  const [text = ''] = literal.pieces;
  if (name === undefined || !isSecretUnderName(name, text)) return undefined;
  if (isIllustration(file, literal.node) || isEnumMember(file, literal.node)) return undefined;
  const environmentName = environmentNameOf(name);
  const isWhole = /^[!-~]+$/.test(text);
  return {
    ...factAt(file, literal, place, isWhole),
    description: `value of ${environmentName ?? name}`,
    environmentName,
    certainty: 'entropy',
  };
}

function knownSecretIn({ pieces, isFormatted }: Literal): ReturnType<typeof findKnownSecret> {
  for (const piece of pieces) {
    const known = findKnownSecret(piece);
    if (known) return isFormatted ? { ...known, isWhole: false } : known;
    if (hasUrlPassword(piece)) {
      return { description: 'password in an address', environmentName: 'URL', isWhole: false };
    }
    if (hasUrlSecret(piece)) return { description: 'secret in an address', environmentName: 'URL', isWhole: false };
    if (hasConnectionPassword(piece)) {
      return { description: 'password in a connection string', environmentName: 'DSN', isWhole: false };
    }
  }
  return undefined;
}

function factAt(
  { source }: PythonFile,
  { node, type }: Literal,
  { role, isReplaceable }: Place,
  isWhole: boolean,
): Pick<SecretFact, 'range' | 'role' | 'replaceableAs'> {
  const range = rangeOf(source.tree, node);
  // Where `os` means something else, the environment is out of reach.
  const isInReach = isReplaceable && isWhole && readFromEnvironment(source, range, 'NAME') !== undefined;
  return { range, role, replaceableAs: isInReach ? type : undefined };
}

function isAwsSecret({ pieces: [text = ''], isFormatted }: Literal): boolean {
  return !isFormatted && /^[A-Za-z0-9/+]{40}$/.test(text) && isRandom(text) && !isPlaceholder(text);
}

function awsSecret(file: PythonFile, node: NodeIndex): SecretFact {
  const place = placeOf(file, node);
  return {
    ...factAt(file, readLiteral(file.source, node), place, true),
    description: 'AWS secret access key',
    environmentName: 'AWS_SECRET_ACCESS_KEY',
    certainty: 'format',
  };
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= NEIGHBOURHOOD;
}
