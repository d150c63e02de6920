// Written by `npm run generate`. Do not edit.
/** Text of each rule's page, by rule. */
export const pages: Readonly<Record<string, string>> = {
  "circuit-breaker/missing": "# circuit-breaker/missing\n",
  "database/shared": "# database/shared\n",
  "retry/constant-delay": "# retry/constant-delay\n",
  "retry/no-backoff": "# retry/no-backoff\n",
  "saga/no-compensation": "# saga/no-compensation\n",
  "timeout/missing": "# timeout/missing\n",
};
