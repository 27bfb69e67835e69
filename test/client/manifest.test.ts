import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/support/paths.ts';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly viewsWelcome: readonly { readonly view: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly yamlValidation: readonly { readonly url: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly image: string } }[] }[];
  };
}

// Written by us, and read by the editor with the same expectations.
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
const texts = JSON.parse(readFileSync(join(ROOT, 'package.nls.json'), 'utf8')) as Record<string, string>;
const { commands, menus, submenus, views, viewsContainers, viewsWelcome, walkthroughs, yamlValidation } =
  manifest.contributes;

describe('The manifest', () => {
  test('has a text for every placeholder, and a placeholder for every text', () => {
    const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(match => match[1]);

    expect([...new Set(used)].sort()).toEqual(Object.keys(texts).sort());
  });

  test('names only commands that it declares, in menus and in texts', () => {
    const declared = commands.map(({ command }) => command);
    const inMenus = Object.values(menus).flatMap(items => items.flatMap(({ command }) => command ?? []));
    const inTexts = Object.values(texts).flatMap(text =>
      [...text.matchAll(/command:(readiness\.[\w.]+)/g)].map(([, id]) => id),
    );

    const own = inTexts.filter(command => command !== 'readiness.panel.focus');
    expect([...inMenus, ...own].filter(command => !declared.includes(command ?? ''))).toEqual([]);
  });

  test('has a menu for every submenu, and shows each choice either plain or with its check mark', () => {
    const used = Object.values(menus).flatMap(items => items.flatMap(({ submenu }) => submenu ?? []));

    expect([...new Set(used)].sort()).toEqual(submenus.map(({ id }) => id).sort());
    for (const id of used) {
      const whens = (menus[id] ?? []).map(({ when }) => when ?? '');
      const [plain, chosen] = ['!=', '=='].map(sign => whens.filter(when => when.includes(sign)));
      expect(plain?.map(when => when.replace('!=', '=='))).toEqual(chosen);
      expect(plain).not.toEqual([]);
    }
  });

  test('keeps commands that need something to work on out of the palette', () => {
    const needy = menus['view/item/context']!.map(({ command }) => command);
    const hidden = (menus['commandPalette'] ?? []).filter(({ when }) => when === 'false').map(({ command }) => command);

    const shown = needy.filter(command => !hidden.includes(command));
    // These ask for what they need, take what is at the cursor, or everything there is.
    expect([...new Set(shown)].sort()).toEqual([
      'readiness.copyTask',
      'readiness.explainFile',
      'readiness.explainFinding',
      'readiness.openRule',
      'readiness.pruneBaseline',
      'readiness.report',
    ]);
    expect(commands.every(({ category }) => category === 'Readiness')).toBe(true);
  });

  test('shows its views in containers that exist, with welcome texts for views that exist', () => {
    const ids = Object.values(views).flatMap(list => list.map(({ id }) => id));

    expect(Object.keys(views)).toEqual(viewsContainers.activitybar.map(({ id }) => id));
    expect(viewsWelcome.every(({ view }) => ids.includes(view))).toBe(true);
  });

  test('refers to files that are there', () => {
    const files = [
      ...viewsContainers.activitybar.map(({ icon }) => icon),
      ...yamlValidation.map(({ url }) => url),
      ...walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.image)),
    ];

    expect(files.filter(file => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
