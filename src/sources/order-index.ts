export type Id = string | number | bigint;

/** Finds the number of an order by its id: by search among ids that came as ascending numbers, else by a map. */
export class OrderIndex {
  #ids = new Float64Array(1024);
  #numbers = new Int32Array(1024);
  #count = 0;
  readonly #others = new Map<Id, number>();
  #last = 0;

  add(id: Id, number: number): void {
    if (typeof id !== "number" || (this.#count > 0 && id <= this.#ids[this.#count - 1]!)) {
      this.#others.set(id, number);
      return;
    }
    if (this.#count === this.#ids.length) {
      this.#ids = copied(this.#ids, new Float64Array(2 * this.#count));
      this.#numbers = copied(this.#numbers, new Int32Array(2 * this.#count));
    }
    this.#ids[this.#count] = id;
    this.#numbers[this.#count++] = number;
  }

  /** @returns nothing for an id that was not added. Fastest for the id asked for last, and the one after it. */
  find(id: Id): number | undefined {
    if (typeof id !== "number") return this.#others.get(id);
    if (this.#ids[this.#last] !== id) this.#last = this.#ids[this.#last + 1] === id ? this.#last + 1 : this.#search(id);
    if (this.#last < this.#count && this.#ids[this.#last] === id) return this.#numbers[this.#last];
    return this.#others.get(id);
  }

  /** @returns where the first id is that is not smaller. */
  #search(id: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function copied<Column extends Float64Array | Int32Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
