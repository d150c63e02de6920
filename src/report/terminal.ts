import pc from "picocolors";

/** What a terminal can show. */
export interface Terminal {
  readonly colors: boolean;
  /** Columns. */
  readonly width: number;
}

export type Paint = ReturnType<typeof pc.createColors>;

export function paintFor({ colors }: Terminal): Paint {
  return pc.createColors(colors);
}

/** Text in lines of at most `width` columns, each after the indentation. */
export function wrapped(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, indent + line];
}
