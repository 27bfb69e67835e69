import { posix } from 'node:path';

/** A link to a file in Markdown: what stands before, its path, and what stands behind. */
const FILE_LINK = /(\]\(<?)file:\/\/(\/[^)>\s#]*)/g;

/** The text with its `file:` links, which previews don't follow, made relative to a folder (the path of its URI). */
export function relativeLinks(markdown: string, folder: string): string {
  return markdown.replace(FILE_LINK, (whole, before: string, path: string) => {
    const target = decodeURIComponent(path);
    // On Windows there is no way from one drive to another.
    const [from, to] = [folder, target].map(each => /^\/[A-Za-z]:/.exec(each)?.[0].toLowerCase());
    if (from !== to) return whole;
    const drive = from?.length ?? 0;
    return `${before}${encodeURI(posix.relative(folder.slice(drive), target.slice(drive)))}`;
  });
}
