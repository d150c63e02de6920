/** What a manifest says is to run: before it is known whether that is ours, a store, a broker or a tool. */
import type { Place } from "../finding.ts";

export interface Variable {
  readonly value: string;
  readonly place: Place;
}
export type Environment = Readonly<Record<string, Variable>>;

export interface Workload {
  readonly name: string;
  readonly by: "compose" | "kubernetes";
  /** The manifest; its folder is the scope in which its host names are looked up. */
  readonly place: Place;
  readonly image?: string;
  readonly build?: Build;
  /** Entry point and arguments as one command line; `""` where the image's own are used. */
  readonly command: string;
  readonly environment: Environment;
  /** Names that it answers to, its own name among them. */
  readonly hosts: readonly string[];
  readonly ports: readonly Port[];
  readonly replicas?: number;
  /** Folders of the workspace that are mounted into it. */
  readonly mounts: readonly string[];
  readonly dependsOn: readonly string[];
  /** Runs once and ends. */
  readonly isJob: boolean;
  /** Its probes speak gRPC. */
  readonly speaksGrpc?: boolean;
}

export interface Build {
  readonly context: string;
  readonly dockerfile: string;
  readonly args: Readonly<Record<string, string>>;
  readonly target?: string;
}

export interface Port {
  readonly container: number;
  /** Port of the host machine, or of the Kubernetes Service. */
  readonly published?: number;
  readonly name?: string;
}
