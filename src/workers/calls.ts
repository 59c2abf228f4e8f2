/** Of this process alone. */
const CHANNEL = "forecast-threads";

/** Tells the main thread something from a worker's, beside results. */
export function callMain(words: string): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(words);
  channel.close();
}

/** @returns what ends the listening. */
export function hearThreads(heard: (words: string) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: { data: unknown }) => heard(String(data));
  return () => channel.close();
}
