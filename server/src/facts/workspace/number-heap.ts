/** A queue that gives the smallest number first, and each number once at a time. */
export interface NumberHeap {
  push(value: number): void;
  pop(): number | undefined;
}

/** Opens an empty queue. */
export function createNumberHeap(): NumberHeap {
  const heap: number[] = [];
  const present = new Set<number>();
  const at = (index: number): number => heap[index] ?? Infinity;
  const swap = (left: number, right: number): void => {
    const value = at(left);
    heap[left] = at(right);
    heap[right] = value;
  };
  const sink = (): void => {
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      const smaller = at(left + 1) < at(left) ? left + 1 : left;
      if (at(smaller) >= at(index)) return;
      swap(index, smaller);
      index = smaller;
    }
  };
  return {
    push: value => {
      if (present.has(value)) return;
      present.add(value);
      heap.push(value);
      for (let index = heap.length - 1; index > 0;) {
        const parent = (index - 1) >> 1;
        if (at(parent) <= at(index)) return;
        swap(index, parent);
        index = parent;
      }
    },
    pop: () => {
      const [first] = heap;
      if (first === undefined) return undefined;
      present.delete(first);
      const last = heap.pop();
      if (heap.length > 0 && last !== undefined) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
}
