import type { AcceptedRow, FindingRow, RootModel } from '../../server/src/protocol/model.ts';

/** Where rows come from. */
export interface RowSource {
  ofRule(root: string, ruleId: string): Promise<readonly FindingRow[]>;
  ofRoot(root: string): Promise<readonly FindingRow[]>;
  accepted(root: string): Promise<readonly AcceptedRow[]>;
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
    for (const { ruleId, revision } of stale) byRule.set(ruleId, { revision, rows: fresh.get(ruleId) ?? [] });
    return present.flatMap(({ ruleId }) => byRule.get(ruleId)?.rows ?? []);
  }

  /** What comments and the baseline of a root accept. */
  async accepted({ uri, accepted }: RootModel): Promise<readonly AcceptedRow[]> {
    const known = this.#rowsOf(uri);
    if (accepted.count === 0) return [];
    if (known.accepted?.revision !== accepted.revision) {
      known.accepted = { revision: accepted.revision, rows: await this.#source.accepted(uri) };
    }
    return known.accepted.rows;
  }

  async #ask(root: string, ruleIds: readonly string[]): Promise<ReadonlyMap<string, readonly FindingRow[]>> {
    if (ruleIds.length <= FEW) {
      const answers = ruleIds.map(async ruleId => [ruleId, await this.#source.ofRule(root, ruleId)] as const);
      return new Map(await Promise.all(answers));
    }
    const byRule = new Map<string, FindingRow[]>();
    for (const row of await this.#source.ofRoot(root)) {
      const rows = byRule.get(row.ruleId);
      if (rows) rows.push(row);
      else byRule.set(row.ruleId, [row]);
    }
    return byRule;
  }

  #rowsOf(uri: string): RootRows {
    const known = this.#roots.get(uri) ?? { byRule: new Map(), accepted: undefined };
    this.#roots.set(uri, known);
    return known;
  }
}
