/** Work that is needed once, such as rendering a sound, whichever of the processes with the same database does it. */
export interface WorkClaims {
  /**
   * Does the work, unless another process is doing what has the same name. While the database is away, does it.
   * @returns false where another process is doing it
   * @throws what the work throws
   */
  tryDo(name: string, work: () => Promise<void>): Promise<boolean>;
}
