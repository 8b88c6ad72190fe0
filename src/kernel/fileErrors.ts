/** Whether the file system says that there is no such file or folder. */
export const isMissingFile = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";
