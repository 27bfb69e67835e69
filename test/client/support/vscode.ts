/** Stands in for the editor in tests of our texts: they stay English, as they are when no other language is chosen. */
export const l10n = {
  t: (text: string, ...values: readonly (string | number)[]): string =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)] ?? '')),
};
