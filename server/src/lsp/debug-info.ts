import { arch, cpus, platform, release } from 'node:os';
import type { Activity } from '../protocol/model.ts';
import type { ClientFeatures } from './client-features.ts';
import type { WorkspaceRoots } from './workspace-roots.ts';

/** Facts for a bug report, as Markdown. Names of folders and files stay out, as reports are public. */
export function debugInfo(
  version: string,
  features: ClientFeatures,
  roots: WorkspaceRoots,
  openDocuments: number,
): string {
  const memory = process.memoryUsage();
  const lines = [
    `Readiness ${version}`,
    `Node ${process.version} on ${platform()} ${release()} ${arch()}, ${cpus().length} processors`,
    `Client: ${features.client}`,
    `Server: up for ${Math.round(process.uptime())} s, ${megabytes(memory.rss)} resident, ${megabytes(memory.heapUsed)} heap`,
    `Open documents: ${openDocuments}`,
    `Waiting for: ${pendingResources()}`,
    ...roots.all().map((root, index) => {
      const readiness = root.session?.readiness(root.options.owns);
      const findings = Object.values(readiness?.counts ?? {}).reduce((sum, count) => sum + count, 0);
      const facts = [
        `${root.options.kind}, ${inWords(root.activity)}`,
        `${readiness?.files ?? 0} files, ${findings} findings, ${readiness?.notMeasured.length ?? 0} not measured`,
        `${root.session?.configurationProblems.length ?? 0} configuration problems`,
        `failed rules: ${[...new Set(readiness?.failures.map(({ ruleId }) => ruleId))].join(', ') || 'none'}`,
      ];
      return `Root ${index + 1}: ${facts.join('; ')}`;
    }),
  ];
  return lines.map(line => `- ${line}`).join('\n') + '\n';
}

/** What keeps the process alive; a `Timeout` among it means that something will happen by itself. */
function pendingResources(): string {
  return [...new Set(process.getActiveResourcesInfo())].sort().join(', ');
}

function inWords(activity: Activity): string {
  switch (activity.kind) {
    case 'starting':
      return 'starting';
    case 'scanning':
      return `scanning (${activity.checked}/${activity.total})`;
    case 'idle':
      return activity.scanned ? 'scanned' : 'not scanned';
    case 'failed':
      return `failed: ${activity.message}`;
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
