declare module "diff" {
  /** A unified diff of two texts. */
  export function createTwoFilesPatch(oldName: string, newName: string, oldText: string, newText: string): string;
}
