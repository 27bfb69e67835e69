/** Actions that add nothing to the workspace that a later step could name. Matched against `owner/name`. */
const HARMLESS_ACTIONS: readonly RegExp[] = [
  /^actions\/(setup-[\w-]+|upload-artifact|upload-pages-artifact|configure-pages|deploy-pages|labeler|stale|create-github-app-token|attest[\w-]*|dependency-review-action)$/,
  /^docker\/[\w-]+$/,
  /^(aws-actions|google-github-actions|azure)\/(configure-[\w-]+|auth|setup-[\w-]+|login|amazon-ecr-login)$/,
  /^(astral-sh|snok|pnpm|oven-sh|denoland|hashicorp|ruby|shivammathur|extractions|arduino|taiki-e|dtolnay|actions-rust-lang|hynek|jdx|pdm-project)\/[\w-]+$/,
  /^abatilo\/actions-poetry$|^Gr1N\/setup-poetry$|^pre-commit\/action$|^Swatinem\/rust-cache$|^step-security\/harden-runner$/,
  /^(codecov|coverallsapp|sonarsource|psf|hadolint|golangci|slackapi|crazy-max|reviewdog|amannn|EndBug|supercharge|ikalnytskyi)\/[\w-]+$/i,
  /^github\/codeql-action\//,
  /^(dorny\/paths-filter|tj-actions\/changed-files|tspascoal\/get-user-teams-membership|softprops\/action-gh-release|peaceiris\/actions-gh-pages)$/,
  /^(jlumbroso\/free-disk-space|easimon\/maximize-build-space|crate-ci\/typos|codespell-project\/actions-codespell|pypa\/gh-action-pypi-publish)$/,
];

/** Inputs whose value tells where an action puts files. */
export const OUTPUT_INPUTS = [
  'path',
  'output',
  'out',
  'output-file',
  'output-directory',
  'directory',
  'dest',
  'destination',
  'target',
  'file',
  'dir',
  'folder',
];

/** Whether a step that uses the action leaves the files of the job as they are. `uses` is as written, with its version. */
export function isHarmlessAction(uses: string): boolean {
  const [name = ''] = uses.split('@');
  const repository = name.startsWith('github/codeql-action/') ? name : name.split('/').slice(0, 2).join('/');
  return uses.startsWith('docker://') || HARMLESS_ACTIONS.some(pattern => pattern.test(repository));
}

/** `actions/checkout`, in any version. */
export function isCheckout(uses: string): boolean {
  return /^actions\/checkout@/.test(uses);
}

/** Actions that put files of a cache or another job where their `path` says. */
export function isRestore(uses: string): boolean {
  return /^actions\/(download-artifact|cache(\/restore)?)@/.test(uses);
}

/** Refs of which the checked-out files are those of the branch that is worked on. */
const OWN_REF =
  /^\$\{\{\s*(github\.(head_ref|ref|ref_name|sha|event\.pull_request\.[\w.]+|event\.workflow_run\.head_\w+|event\.after))[^}]*\}\}$|^(refs\/heads\/)?(main|master)$/;

/** Whether a `ref` of a checkout leads to the files that are reviewed; absent means that it does. */
export function isOwnRef(ref: string | undefined): boolean {
  return ref === undefined || ref === '' || OWN_REF.test(ref.trim());
}
