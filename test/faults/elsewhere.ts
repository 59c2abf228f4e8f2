/** What is tried in other folders, where it fits better: by the file and the name of the test. */
export const ELSEWHERE: readonly { readonly what: string; readonly file: string; readonly name: string }[] = [];
