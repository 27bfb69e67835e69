import type { RootModel } from '../../../server/src/protocol/model.ts';
import { activityInWords, scoreInWords } from './wording.ts';
import { t } from '../l10n.ts';
import { groupNodes } from './group-nodes.ts';
import { ICONS } from './icons.ts';
import { isShown, type FilterContext, type PanelOptions } from './options.ts';
import { outcomeNodes } from './outcome-nodes.ts';
import type { PanelNode, RootContents } from './panel-node.ts';
import type { Pages } from './finding-nodes.ts';
import { topNodes } from './score-nodes.ts';

/** Everything that the panel's lines depend on. */
export interface PanelRequest extends PanelOptions {
  readonly roots: readonly RootContents[];
  /** Of the filter; what blocks is known from the roots. */
  readonly files: Pick<FilterContext, 'isOpen' | 'isCurrent'>;
  readonly pages: Pages;
}

/** The lines of the panel, and whether a filter keeps all findings from it. */
export interface Panel {
  readonly nodes: readonly PanelNode[];
  /** Findings that there are, when the filter lets none of them through; else 0. */
  readonly hidden: number;
}

/** The whole panel: the folders where there are several, else what the only one holds. */
export function buildPanel(request: PanelRequest): Panel {
  // A folder shows up with something to show: the editor is slow to learn that an empty line has children now.
  const roots = request.roots.filter(({ model }) => hasSomething(model) || model.activity.kind === 'failed');
  const parts = roots.map(contents => rootPart(contents, request));
  const total = request.roots.reduce((sum, { findings }) => sum + findings.length, 0);
  const shown = parts.reduce((sum, part) => sum + part.shown, 0);
  if (request.filter !== 'all' && shown === 0) return { nodes: [], hidden: total };

  const nodes = request.roots.length > 1 ? parts.map(rootNode) : parts.flatMap(({ children }) => children);
  return { nodes, hidden: 0 };
}

/** A folder without a single file to review has a score of nothing, which must not look like a good one. */
function hasSomething({ score, files, notMeasured, brokenConfiguration }: RootModel): boolean {
  return score !== undefined && (files > 0 || notMeasured.length > 0 || brokenConfiguration !== undefined);
}

interface RootPart extends RootContents {
  readonly shown: number;
  readonly children: readonly PanelNode[];
}

function rootPart(contents: RootContents, { grouping, filter, files, pages }: PanelRequest): RootPart {
  const { model, findings, accepted } = contents;
  if (!model.score) return { ...contents, shown: 0, children: [] };
  const context = { ...files, blocking: new Set(model.score.blocking.map(({ ruleId }) => ruleId)) };
  const shown = findings.filter(finding => isShown(finding, filter, context));
  const complete = filter === 'all';
  const children = [
    ...topNodes(model),
    ...groupNodes(grouping, { model, findings: shown, complete, pages }),
    ...(complete ? outcomeNodes(model, accepted) : []),
  ];
  return { ...contents, shown: shown.length, children };
}

function rootNode({ model, children }: RootPart): PanelNode {
  const busy = model.activity.kind === 'scanning' ? t('scanning') : activityInWords(model);
  const description = busy || (model.score ? scoreInWords(model.score) : '');
  return {
    id: model.uri,
    label: model.name,
    description,
    icon: ICONS.folder,
    context: 'root',
    expanded: true,
    spoken: `${model.name}, ${description}`,
    subject: { kind: 'root', root: model.uri },
    children,
  };
}
