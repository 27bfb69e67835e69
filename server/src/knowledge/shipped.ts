/** What is known of libraries, compiled from the YAML files of this folder: a bundle of its own, which the others share. */
export { default as knowledge } from './knowledge.generated.json' with { type: 'json' };
