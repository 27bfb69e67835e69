/** Rules of Ruff that look for what ours look for. */
export const RUFF_RULES = [
  ...['S105', 'S106', 'S107', 'S110', 'S112', 'S113'],
  ...['BLE001', 'E722', 'ASYNC2', 'SIM115', 'TRY400', 'TRY401'],
];

/** Checks of Pylint that look for what ours look for. */
export const PYLINT_CHECKS = ['bare-except', 'broad-exception-caught', 'missing-timeout', 'consider-using-with'];
