/** A critical finding with a safe fix in line 4, column 5. */
export const RESTOCK = 'import time\n\nasync def restock():\n    time.sleep(5)\n';

/** The same, mended. */
export const RESTOCK_FIXED = 'import asyncio\n\nasync def restock():\n    await asyncio.sleep(5)\n';

export const PROJECT =
  '[project]\nname = "bookshop"\nversion = "1"\ndependencies = ["httpx>=0.27,<1", "pydantic>=2.0.0"]\n';

/** With {@link PROJECT} a medium finding with a safe fix in line 2. */
export const REQUIREMENTS = 'httpx==0.27.2\npydantic>=1.10.2\n';
