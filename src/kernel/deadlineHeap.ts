import type { Millis } from "./units.ts";

/** One moment per key, of which the earliest is found at once. */
export interface DeadlineHeap<Key> {
  /** Sets or replaces a key's deadline. */
  set(key: Key, at: Millis): void;
  delete(key: Key): void;
  /** The earliest deadline, or undefined when there is none. */
  first(): { readonly key: Key; readonly at: Millis } | undefined;
}

interface Node<Key> {
  readonly key: Key;
  readonly at: Millis;
  /** Set or deleted since: skipped when it comes first. */
  isStale: boolean;
}

/**
 * Creates a binary min-heap. Replaced deadlines stay in it until they come first, so that setting takes O(log n) without
 * an index of positions; it is rebuilt when most of it is stale.
 */
export const createDeadlineHeap = <Key>(): DeadlineHeap<Key> => {
  let heap: Node<Key>[] = [];
  const current = new Map<Key, Node<Key>>();

  const siftUp = (node: Node<Key>, from: number) => {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.at <= node.at) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = node;
  };

  const siftDown = (node: Node<Key>) => {
    let index = 0;
    for (;;) {
      const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]];
      const child = left !== undefined && (right === undefined || left.at <= right.at) ? left : right;
      if (child === undefined || child.at >= node.at) break;
      const below = 2 * index + (child === left ? 1 : 2);
      heap[index] = child;
      index = below;
    }
    heap[index] = node;
  };

  const push = (node: Node<Key>) => siftUp(node, heap.length);

  const dropFirst = () => {
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) siftDown(last);
  };

  const retire = (key: Key) => {
    const before = current.get(key);
    if (before !== undefined) before.isStale = true;
    current.delete(key);
    if (heap.length <= 2 * current.size + 16) return;
    heap = [];
    for (const node of current.values()) push(node);
  };

  return {
    set(key, at) {
      retire(key);
      const node = { key, at, isStale: false };
      current.set(key, node);
      push(node);
    },
    delete: retire,
    first() {
      while (heap[0]?.isStale) dropFirst();
      return heap[0];
    },
  };
};
