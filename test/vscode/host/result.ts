/** What the tests inside the extension host hand out, as JSON. */
export interface HostResult {
  readonly vscode: string;
  readonly node: string;
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly {
    readonly title: string;
    readonly state: "passed" | "failed";
    readonly ms: number;
    readonly error?: string;
  }[];
}
