import type { FileHandle } from "../protocol.ts";
import type { Say } from "./say.ts";

/**
 * Hands a file to the page's server, for a command or a form that names it then.
 * @throws Error with a sentence for the user
 */
export const uploadFile = async (file: File, say: Say): Promise<FileHandle> => {
  if (file.size === 0) throw new Error(say("fileEmpty", { name: file.name }));
  const response = await fetch(`/files?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file }).catch(
    () => undefined,
  );
  if (response?.ok !== true) throw new Error(say("fileFailed", { name: file.name }));
  return (await response.json()) as FileHandle;
};
