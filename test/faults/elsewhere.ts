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
    what: "what of the errors of SQL Server passes (976, 18401, …) and what does not",
    ...{ file: "sources/sqlserver/errors.test.ts", name: "what a server says passes" },
  },
  {
    what: "the driver fails with lines of its source, or of an answer that makes no sense",
    ...{
      file: "sources/sqlserver/connection.test.ts",
      name: "is asked for once more, or understood, and nothing else is heard of it",
    },
  },
  {
    what: "the driver asks something of its own within the time for a statement",
    ...{ file: "sources/sqlserver/connection.test.ts", name: "nothing but our own statements is asked" },
  },
  {
    what: "a SQL Server that fails again and again: patience ends",
    ...{ file: "sources/sqlserver/connection.test.ts", name: "patience ends, and is not begun anew for the next read" },
  },
  {
    what: "Redis takes longer for all than a silent one is waited for",
    ...{
      file: "caches/redis/patience.test.ts",
      name: "a slow Redis, which takes longer than a silent one is waited for, gets all there is",
    },
  },
  {
    what: "the last attempt where the cache is away",
    ...{ file: "program/attempts.test.ts", name: "also where the cache is away, in the user's state folder" },
  },
  {
    what: "a status that asks for more than a forecast lives",
    ...{ file: "program/run.test.ts", name: "by status, which names what is wrong in one line and exits with 1" },
  },
  {
    what: "metrics and alerts of a source that was refused, of a run that did not learn, of documents that were lost",
    ...{ file: "build/monitoring.test.ts", name: "speaks of metrics that there are" },
  },
  {
    what: "a lock of another user, or a folder that others may write to",
    ...{ file: "settings/own-folder.test.ts", name: "a folder is made for its user alone" },
  },
  {
    what: "another SQLite database, a text, a folder or a pipe in the place of the lock file",
    ...{ file: "job/lock.test.ts", name: "what is no lock is not touched" },
  },
  {
    what: "the name of the metrics file while it is written",
    ...{ file: "observe/metrics.test.ts", name: "never has a name that can be foreseen before it is whole" },
  },
  {
    what: "a cache file that took another's place before a thread opened it",
    ...{ file: "caches/sqlite.test.ts", name: "that took the place of the one that was meant is not opened" },
  },
  {
    what: "results depend on batches or on the order in which they end",
    ...{ file: "workers/in-order.test.ts", name: "parts of a task that failed stand in its place in their order" },
  },
  {
    what: "values of a CSV file that control a terminal, or are long",
    ...{ file: "sources/csv/bad-rows.test.ts", name: "a value is shown clean and short" },
  },
  {
    what: "timer, unit and CronJob in another time zone than the forecast",
    ...{ file: "build/containers.test.ts", name: "the job starts in the time zone whose date it forecasts from" },
  },
  {
    what: "images that others make",
    ...{ file: "build/containers.test.ts", name: "images that others make are named by their digests" },
  },
  {
    what: "packages, their licences and their audit",
    ...{ file: "build/licenses.test.ts", name: "the binary has the licence of every package that it was built from" },
  },
];
