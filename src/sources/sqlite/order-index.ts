export type Id = string | number | bigint;

/**
 * Numbers orders as they are added, from 0, and finds their numbers by their ids: by search among ids that come as
 * ascending numbers, from the first one that does not by a map.
 */
export class OrderIndex {
  readonly #ascending: Float64Array;
  #count = 0;
  readonly #others = new Map<Id, number>();
  #last = 0;

  /** @param most orders that will be added. */
  constructor(most: number) {
    this.#ascending = new Float64Array(most);
  }

  add(id: Id): void {
    const ascends = typeof id === "number" && (this.#count === 0 || id > this.#ascending[this.#count - 1]!);
    if (ascends && this.#others.size === 0) this.#ascending[this.#count++] = id;
    else this.#others.set(id, this.#count + this.#others.size);
  }

  /** @returns nothing for an id that was not added. Fastest for the id asked for last, and the one after it. */
  find(id: Id): number | undefined {
    if (typeof id !== "number") return this.#others.get(id);
    if (this.#ascending[this.#last] !== id) {
      this.#last = this.#ascending[this.#last + 1] === id ? this.#last + 1 : this.#search(id);
    }
    if (this.#last < this.#count && this.#ascending[this.#last] === id) return this.#last;
    return this.#others.get(id);
  }

  /** @returns where the first id is that is not smaller. */
  #search(id: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ascending[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
