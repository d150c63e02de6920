/** A drawing as a PNG, in the colours that it has on the screen. */

const scale = 2;
const mostPixels = 40_000_000;

/** A data URL; undefined where the drawing cannot be read. `variables` are the page's colours, by name. */
export async function pngOf(svg: string, variables: readonly (readonly [string, string])[]): Promise<string | undefined> {
  const style = variables.map(([name, value]) => `${name}:${value}`).join(";");
  const coloured = svg.replace("<style>", `<style>.fl{${style.replace(/[<>&]/g, "")}}`).replace(/@media \(prefers-color-scheme: dark\)\{\.fl\{[^}]*\}\}/, "").replace(/\.fl\{--fl-font:[^}]*\}/, "");
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(coloured)}`;
  try {
    await image.decode();
  } catch {
    return undefined;
  }
  const canvas = document.createElement("canvas");
  const by = Math.min(scale, Math.sqrt(mostPixels / (image.naturalWidth * image.naturalHeight || 1)));
  canvas.width = Math.ceil(image.naturalWidth * by);
  canvas.height = Math.ceil(image.naturalHeight * by);
  const context = canvas.getContext("2d");
  if (context === null) return undefined;
  context.scale(by, by);
  context.drawImage(image, 0, 0);
  return canvas.toDataURL("image/png");
}

/** The variables that the drawing is coloured with, as they are in force on the page. */
export function coloursOf(element: Element, names: readonly string[]): readonly (readonly [string, string])[] {
  const probe = document.createElement("span");
  element.append(probe);
  const found = names.map((name) => {
    if (name === "--fl-font") return [name, getComputedStyle(element).getPropertyValue(name)] as const;
    // Only a colour that is used is worked out: `color-mix` stands in the variable itself.
    probe.style.setProperty("color", `var(${name})`);
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return found;
}
