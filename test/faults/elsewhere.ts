/** What is tried in other folders, where it fits better: by the file and the name of the test. */
export const ELSEWHERE: readonly { readonly what: string; readonly file: string; readonly name: string }[] = [
  {
    what: "the database of one of several connections to Redis cannot be chosen",
    ...{ file: "caches/redis/door.test.ts", name: "a database that one of several connections cannot choose" },
  },
  {
    what: "two ids would share a key, or one would take that of the metadata",
    ...{
      file: "caches/cache.test.ts",
      name: "products whose documents would share a key, or take one of the run's own",
    },
  },
  {
    what: "Redis repeats the password in words of its own",
    ...{ file: "caches/redis/door.test.ts", name: "words that repeat the password %s are not shown" },
  },
  {
    what: "Redis has too little room for all documents, or evicts",
    ...{ file: "commands/doctor.test.ts", name: "tells of a Redis that drops documents when it is full" },
  },
  {
    what: "too few threads may be started",
    ...{ file: "workers/room.test.ts", name: "a run that may not start its threads ends with one line" },
  },
  {
    what: "SQL Server restarts while a run learns",
    ...{ file: "program/learning.test.ts", name: "a server that restarts while a run learns changes nothing" },
  },
  {
    what: "learning fails for good",
    ...{
      file: "program/learning.test.ts",
      name: "a run that could not learn warns, and metadata and status tell of it",
    },
  },
  {
    what: "a source is closed while SQL Server says nothing",
    ...{ file: "sources/sqlserver/connection.test.ts", name: "a source is closed while its server says nothing" },
  },
  {
    what: "a certificate is for another address, or of an authority that the machine knows",
    ...{ file: "program/certificates.test.ts", name: "of an authority that is installed on the machine is accepted" },
  },
  {
    what: "ids of another type, or in other letters, here and there",
    ...{ file: "sources/sqlite/ids.test.ts", name: "ids are compared as SQL does" },
  },
  {
    what: "a run of some products among those of all",
    ...{
      file: "program/run.test.ts",
      name: "a run of some products leaves the night's metadata, metrics and attempt as they were",
    },
  },
  {
    what: "a log into a pipe whose reader is late, or does not read",
    ...{ file: "program/pipes.test.ts", name: "a log into a pipe whose reader is late arrives whole" },
  },
  {
    what: "nobody reads the JSON of a run",
    ...{ file: "program/pipes.test.ts", name: "a run whose JSON nobody reads ends when it is told to" },
  },
  {
    what: "DEBUG and NODE_DEBUG ask libraries to tell what they do",
    ...{
      file: "program/faults.test.ts",
      name: "and its password stay unknown to whoever asks libraries to tell what they do",
    },
  },
  {
    what: "BUN_OPTIONS, BUN_INSPECT and NODE_TLS_REJECT_UNAUTHORIZED",
    ...{ file: "program/environment.test.ts", name: "ends the program with one line" },
  },
  {
    what: "the same, by image, manifests and units",
    ...{ file: "build/containers.test.ts", name: "what would take the runtime out of our hands is unset" },
  },
  {
    what: "a variable that is misspelt",
    ...{
      file: "program/environment.test.ts",
      name: "a variable that sets nothing is named with the nearest that does",
    },
  },
  {
    what: "TZ as the C library takes it",
    ...{ file: "settings/time-zone.test.ts", name: "is taken as the C library takes it" },
  },
  {
    what: "a lock is held, was left by a process that was killed, or was removed",
    ...{ file: "program/interruption.test.ts", name: "is free at once after kill -9" },
  },
  {
    what: "two runs on two machines, or after the lock file was removed",
    ...{ file: "program/attempts.test.ts", name: "a lock file that somebody removed does not let two runs go" },
  },
  {
    what: "SQLite's files in a folder where one may not write",
    ...{ file: "sources/sqlite/reader.test.ts", name: "is refused with what to do where changes are left in the log" },
  },
  {
    what: "a cache that is read is left as it is",
    ...{ file: "caches/sqlite.test.ts", name: "leaves another database that is %s alone, to the byte" },
  },
  {
    what: "names and ids that control a terminal",
    ...{ file: "values/printable.test.ts", name: "can be shown on one line" },
  },
  {
    what: "credential files that are none",
    ...{ file: "settings/credentials.test.ts", name: "is an error that names it and does not show it" },
  },
  {
    what: "packages, their licences and their audit",
    ...{ file: "build/licenses.test.ts", name: "the binary has the licence of every package that it was built from" },
  },
];
