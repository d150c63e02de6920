import semver from "semver";

/** True where `version` (a version or a range from a package.json) lies within `range`; true too where it says nothing. */
export function satisfies(version: string, range: string): boolean {
  const least = semver.valid(version) ?? leastOf(version);
  return least === undefined || semver.satisfies(least, range, { includePrerelease: true });
}

function leastOf(range: string): string | undefined {
  const valid = semver.validRange(range);
  return valid === null || valid === "*" ? undefined : semver.minVersion(valid)?.version;
}
