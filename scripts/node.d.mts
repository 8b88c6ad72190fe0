/** What is known of an executable of Node. */
interface Executable {
  readonly path?: string | undefined;
  readonly version?: string | undefined;
}

/** Decides which Node to run; see `node.mjs`. */
export function chooseNode(
  pinned: Executable,
  host: Required<Executable>,
): { readonly path: string; readonly notice?: string };

/** The directory of the package that carries Node for a platform; see `node.mjs`. */
export function packageOfNode(modules: string, platform?: string): string | undefined;

/** The Node for this machine; see `node.mjs`. */
export function findNode(modules: string): { readonly path: string; readonly notice?: string };
