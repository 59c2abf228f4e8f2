/** Documents as text without what tells of the run that made them: its time and its id. */
export function withoutStamp(text: string): string {
  return text.replaceAll(/"(generated_at|run_id)":"[^"]*"/g, "");
}
