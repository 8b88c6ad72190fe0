import type { FileHandle } from "../protocol.ts";

/**
 * Hands a file to the page's server, for a command or a form that names it then.
 * @throws Error with a sentence for the user
 */
export const uploadFile = async (file: File): Promise<FileHandle> => {
  if (file.size === 0) throw new Error(`${file.name} is empty.`);
  const response = await fetch(`/files?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file }).catch(
    () => undefined,
  );
  if (response?.ok !== true) throw new Error(`${file.name} could not be handed over. Is it larger than 25 MB?`);
  return (await response.json()) as FileHandle;
};
