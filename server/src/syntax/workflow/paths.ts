const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const ACTION = /(^|\/)action\.ya?ml$/;

/** Whether a path, relative to the repository's top, is that of a GitHub workflow. */
export function isWorkflow(path: string): boolean {
  return WORKFLOW.test(path);
}

/** Whether a path is that of a workflow or of a composite action. */
export function isWorkflowFile(path: string): boolean {
  return isWorkflow(path) || ACTION.test(path);
}
