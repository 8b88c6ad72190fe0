import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take tens of seconds: begun late, they would be waited for alone. */
const SLOW = /\/(faults|start|heard|commands|misfortunes|processes|gates|anonymity\.property|page)\.test\.ts$/;

/** In what order files of one project are begun: slow ones first, then as vitest has it (longest or largest first). */
const slowFirst = (files: readonly TestSpecification[]): TestSpecification[] => [
  ...files.filter(({ moduleId }) => SLOW.test(moduleId)),
  ...files.filter(({ moduleId }) => !SLOW.test(moduleId)),
];

/**
 * Runs the projects side by side, each spread evenly over the run: rehearsals wait for sound in real time, and unit tests,
 * at a lower priority, use what they leave of the processor.
 */
export default class Interleaved extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project.name);
    return [...byProject.values()]
      .flatMap((own) => slowFirst(own).map((file, index) => ({ file, place: (index + 0.5) / own.length })))
      .sort((a, b) => a.place - b.place)
      .map(({ file }) => file);
  }
}
