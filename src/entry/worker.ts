// tinypool starts its threads from this file, which the compiled binary has to hold beside the main one.
import "../../node_modules/tinypool/dist/entry/worker.js";
