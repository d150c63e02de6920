import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createResolver, decodeText, nodeHost, openWorkspace, updateWorkspace } from "../../src/workspace/index.ts";
import { insideRoot, slashed } from "../../src/workspace/paths.ts";

describe("A workspace on disk", () => {
  let root = "";
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "faultline dépôt "));
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  it("may lie under a path with spaces and letters beyond ASCII, and hold such files", async () => {
    await write("über uns/bestellung größe.ts", "日本.ts");
    const workspace = await openWorkspace(nodeHost(root));
    assert.deepEqual(
      [workspace.root, workspace.files.map((file) => file.path)],
      [root, ["über uns/bestellung größe.ts", "日本.ts"].sort()],
    );
  });

  it("is finite where links run in circles, and never leaves its root", async () => {
    await write("a/x.ts", "shared/log.ts");
    await symlink("..", join(root, "a/up"));
    await symlink("loop", join(root, "a/loop"));
    await symlink("/", join(root, "a/disk"));
    await symlink("gone", join(root, "a/broken"));
    await symlink("../shared", join(root, "a/shared"));
    const workspace = await openWorkspace(nodeHost(root));
    assert.deepEqual(
      [workspace.files.map((file) => file.path), workspace.links],
      [["a/x.ts", "shared/log.ts"], { "a/shared": "shared" }],
    );
    assert.deepEqual(createResolver(workspace)("a/x.ts", "./shared/log"), { is: "file", path: "shared/log.ts" });
  });

  it("survives what may not be read", async () => {
    await write("a/package.json", "b/x.ts");
    await chmod(join(root, "a/package.json"), 0);
    const workspace = await openWorkspace(nodeHost(root));
    assert.deepEqual(
      workspace.files.map((file) => file.path),
      ["b/x.ts"],
    );
  });

  it("takes in created and deleted folders", async () => {
    await write("a/x.ts", "b/y.ts");
    const host = nodeHost(root);
    const before = await openWorkspace(host);
    await rm(join(root, "a"), { recursive: true });
    await write("c/d/z.ts");
    const after = await updateWorkspace(before, [join(root, "a"), join(root, "c")], host);
    assert.deepEqual(after, await openWorkspace(host));
  });

  it("is empty where there is no such folder", async () => {
    const workspace = await openWorkspace(nodeHost(join(root, "gone")));
    assert.deepEqual([workspace.files, workspace.problems], [[], []]);
  });

  async function write(...paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), "");
    }
  }
});

describe("A path", () => {
  it("of Windows has its backslashes turned, and only there", () => {
    assert.deepEqual(["C:\\a\\b", "\\\\server\\share\\x", "/odd\\name"].map(slashed), [
      "C:/a/b",
      "//server/share/x",
      "/odd\\name",
    ]);
  });

  it("is told from the root, whatever its drive's case or its slashes", () => {
    assert.deepEqual(
      [
        insideRoot("C:/repo", "c:\\repo\\src\\a.ts"),
        insideRoot("C:/repo", "D:\\x.ts"),
        insideRoot("/repo", "/repo/a.ts"),
        insideRoot("/repo", "/repository/a.ts"),
        insideRoot("/repo", "./a/../b.ts"),
      ],
      ["src/a.ts", undefined, "a.ts", undefined, "b.ts"],
    );
  });
});

describe("A text", () => {
  it("is decoded by its byte order mark, which is no part of it", () => {
    assert.deepEqual(
      [
        decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b)),
        decodeText(Uint8Array.of(0xff, 0xfe, 0x7b, 0)),
        decodeText(Uint8Array.of(0xfe, 0xff, 0, 0x7b)),
      ],
      ["{", "{", "{"],
    );
  });
});
