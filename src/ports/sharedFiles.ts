/**
 * Files that every machine with the same database has: sounds that members have added, and whispers. A name stands for
 * one content, such as `uploads/0123.opus`.
 */
export interface SharedFiles {
  /** Puts a file there, whole or not at all, unless it is there already. */
  put(name: string, path: string): Promise<void>;
  /** Writes a file to this machine, whole or not at all. @returns false where there is none of that name */
  fetch(name: string, path: string): Promise<boolean>;
  remove(name: string): Promise<void>;
  /** @param start of the names, such as `uploads/` */
  names(start: string): Promise<readonly string[]>;
}
