import type { AcceptedRow, FindingRow, RootModel } from '../../server/src/protocol/model.ts';

/** Where rows come from; undefined when it can't tell now. */
export interface RowSource {
  ofRule(root: string, ruleId: string): Promise<readonly FindingRow[] | undefined>;
  ofRoot(root: string): Promise<readonly FindingRow[] | undefined>;
  accepted(root: string): Promise<readonly AcceptedRow[] | undefined>;
}

/** With more changed rules than this, one question for all is cheaper than one for each. */
const FEW = 3;

interface RootRows {
  readonly byRule: Map<string, { readonly revision: string; readonly rows: readonly FindingRow[] }>;
  accepted: { readonly revision: string; readonly rows: readonly AcceptedRow[] } | undefined;
}

/** Keeps the rows of each root, and asks only for those that its model says have changed. */
export class RowCache {
  readonly #source: RowSource;
  readonly #roots = new Map<string, RootRows>();

  constructor(source: RowSource) {
    this.#source = source;
  }

  /** All active findings of a root. */
  async findings(model: RootModel): Promise<readonly FindingRow[]> {
    const { byRule } = this.#rowsOf(model.uri);
    const present = model.rules.filter(({ findings }) => findings > 0);
    const wanted = new Set(present.map(({ ruleId }) => ruleId));
    for (const ruleId of byRule.keys()) if (!wanted.has(ruleId)) byRule.delete(ruleId);

    const stale = present.filter(({ ruleId, revision }) => byRule.get(ruleId)?.revision !== revision);
    const fresh = await this.#ask(
      model.uri,
      stale.map(({ ruleId }) => ruleId),
    );
    for (const { ruleId, revision } of stale) {
      const rows = fresh.get(ruleId);
      // Without an answer the old rows stay, and are asked for again the next time.
      if (rows) byRule.set(ruleId, { revision, rows });
    }
    return present.flatMap(({ ruleId }) => byRule.get(ruleId)?.rows ?? []);
  }

  /** What comments and the baseline of a root accept. */
  async accepted({ uri, accepted }: RootModel): Promise<readonly AcceptedRow[]> {
    const known = this.#rowsOf(uri);
    if (accepted.count === 0) return [];
    if (known.accepted?.revision !== accepted.revision) {
      const rows = await this.#source.accepted(uri);
      if (rows) known.accepted = { revision: accepted.revision, rows };
    }
    return known.accepted?.rows ?? [];
  }

  async #ask(root: string, ruleIds: readonly string[]): Promise<ReadonlyMap<string, readonly FindingRow[]>> {
    const byRule = new Map<string, readonly FindingRow[]>();
    if (ruleIds.length <= FEW) {
      const ask = async (ruleId: string): Promise<void> => {
        const rows = await this.#source.ofRule(root, ruleId);
        if (rows) byRule.set(ruleId, rows);
      };
      await Promise.all(ruleIds.map(ask));
      return byRule;
    }
    const all = await this.#source.ofRoot(root);
    if (!all) return byRule;
    for (const ruleId of ruleIds)
      byRule.set(
        ruleId,
        all.filter(row => row.ruleId === ruleId),
      );
    return byRule;
  }

  #rowsOf(uri: string): RootRows {
    const known = this.#roots.get(uri) ?? { byRule: new Map(), accepted: undefined };
    this.#roots.set(uri, known);
    return known;
  }
}
