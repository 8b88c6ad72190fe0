import { type AudioNode, createFrame, type Frame } from "../audio/format.ts";
import { addTo, type Shape } from "./blocks.ts";

/** Several nodes at once. */
export const sum = (...nodes: readonly AudioNode[]): AudioNode => {
  const part = createFrame();
  return {
    render(frame) {
      frame.left.fill(0);
      frame.right.fill(0);
      for (const node of nodes) {
        node.render(part);
        addTo(frame.left, part.left);
        addTo(frame.right, part.right);
      }
      return "more";
    },
  };
};

/** A node whose channels run through a filter each. */
export const filtered = (node: AudioNode, left: Shape, right: Shape): AudioNode => ({
  render(frame) {
    const state = node.render(frame);
    left(frame.left);
    right(frame.right);
    return state;
  },
});

/** A node whose frames are changed in place, as by a room. */
export const through = (node: AudioNode, change: (frame: Frame) => void): AudioNode => ({
  render(frame) {
    const state = node.render(frame);
    change(frame);
    return state;
  },
});
