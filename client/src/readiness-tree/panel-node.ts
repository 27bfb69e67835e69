import type { AcceptedRow, FindingRow, PlaceRange, RootModel } from '../../../server/src/protocol/model.ts';

/** A product icon, and the theme's colour for it. */
export interface PanelIcon {
  readonly name: string;
  readonly color?: string;
}

/** What a click on a line does. */
export type PanelClick =
  | { readonly kind: 'open'; readonly uri: string; readonly range?: PlaceRange }
  | { readonly kind: 'run'; readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };

/** What the commands of a line's menu work on. */
export type PanelSubject =
  | { readonly kind: 'finding'; readonly root: string; readonly finding: FindingRow }
  | { readonly kind: 'rule'; readonly root: string; readonly ruleId: string }
  | { readonly kind: 'accepted'; readonly root: string; readonly row: AcceptedRow }
  | { readonly kind: 'root'; readonly root: string }
  | { readonly kind: 'file'; readonly uri: string };

/** One line of the panel: plain data, so that it can be made and compared without an editor. */
export interface PanelNode {
  /** Stays the same from refresh to refresh, so that the editor keeps the line expanded. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Markdown. */
  readonly tooltip?: string;
  readonly icon: PanelIcon;
  /** A file whose icon is shown instead of {@link icon}. */
  readonly resource?: string;
  /** What the menus of the manifest depend on. */
  readonly context?: string;
  /** What a screen reader says: everything that icon and colour tell, in words. */
  readonly spoken: string;
  /** Whether it starts expanded; the user's choice counts from then on. */
  readonly expanded?: boolean;
  readonly click?: PanelClick;
  readonly subject?: PanelSubject;
  readonly children: readonly PanelNode[];
}

/** What the panel shows of one root. */
export interface RootContents {
  readonly model: RootModel;
  readonly findings: readonly FindingRow[];
  readonly accepted: readonly AcceptedRow[];
}
