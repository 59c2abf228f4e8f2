"""Writes lightgbm.json beside it: small tables and what LightGBM predicts of them, for test/learning/lightgbm.test.ts.

pip install lightgbm numpy; python test/reference/make-lightgbm.py; biome check --write test/reference/lightgbm.json

Every feature has so few distinct values that each has a bin of its own here and there. None is zero or below, since
around zero LightGBM does not cut halfway between neighbouring values. The seeds are such that two shortcuts of
LightGBM's change no tree: a feature whose cuts all lose at a leaf is not tried again below it, and where curvatures are
uneven the rows of a leaf are estimated from their sum.
"""

import itertools
import json
import pathlib

import lightgbm
import numpy as np

TARGETS = 3
PENALTY = 1.0
LEAST_CURVATURE = 0.1


def table(random, rows, unseen):
    """Several targets a row, and weights; targets are exact as 32-bit floats, as which LightGBM keeps them."""
    x, y, z = rows[:, 0], rows[:, 1], rows[:, 2]
    signal = 2 * np.sqrt(x) + np.where(y > np.median(y), 0.4 * x, 0) + np.sin(2 * z) + 0.5 * rows[:, 3:].sum(axis=1)
    noise = random.uniform(0, 10, (len(rows), TARGETS))
    return {
        "rows": rows,
        "targets": np.round((signal[:, None] + noise) * 1024) / 1024,
        "weights": np.round(random.uniform(20, 40, len(rows)), 1),
        "unseen": unseen,
    }


def grid(random):
    """Every combination of values once: no leaf has an empty bin within it, so no two cuts divide a leaf alike."""
    levels = [np.cumsum(random.integers(3, 24, count)) / 16 for count in (8, 7, 6)]
    rows = random.permutation(np.array(list(itertools.product(*levels))))
    between = np.column_stack([random.uniform(0.1, axis[-1] + 1, 50) for axis in levels])
    halfway = np.column_stack([random.choice((axis[1:] + axis[:-1]) / 2, 20) for axis in levels])
    return table(random, rows, np.vstack([np.round(between, 3), halfway]))


def scattered(random):
    """Leaves do have empty bins, where the two may cut at different places: only its own rows can be compared."""
    counts = (30, 25, 20, 12, 7)
    columns = [random.permutation(np.arange(400) % count) * 0.25 + 0.25 for count in counts]
    return table(random, np.column_stack(columns), np.empty((0, len(counts))))


def pseudo_huber(targets, weights, case):
    def slopes(scores, _):
        error = scores - targets[:, 0]
        slope = weights / np.sqrt(1 + (error / case["delta"]) ** 2)
        return slope * error, slope

    return slopes


def rounded_pinball(targets, weights, case):
    delta, probability = case["delta"], case["probability"]

    def slopes(scores, _):
        error = scores[:, None] - targets
        slope = np.clip(error * 0.5 / delta, -0.5, 0.5) + 0.5 - probability
        near = np.mean(np.abs(error) < delta, axis=1)
        return weights * slope.mean(axis=1), weights * (near * 0.5 / delta + LEAST_CURVATURE)

    return slopes


OBJECTIVES = {
    "squared error": lambda *_: "regression",
    "pseudo-Huber": pseudo_huber,
    "rounded pinball": rounded_pinball,
}


def predictions(table, case):
    parameters = {
        "objective": OBJECTIVES[case["objective"]](table["targets"], table["weights"], case),
        "num_leaves": case["leaves"],
        "learning_rate": case["learningRate"],
        "lambda_l2": PENALTY,
        "min_data_in_leaf": case["leastRows"],
        "min_sum_hessian_in_leaf": 0,
        "min_gain_to_split": 0,
        "boost_from_average": False,
        "max_bin": 1000,
        "min_data_in_bin": 1,
        "feature_pre_filter": False,
        "enable_bundle": False,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbosity": -1,
    }
    start = case["start"]
    data = lightgbm.Dataset(table["rows"], table["targets"][:, 0], init_score=np.full(len(table["rows"]), start))
    trees = lightgbm.train(parameters, data, case["trees"])
    predicted = lambda rows: (start + trees.predict(rows, raw_score=True)).tolist() if len(rows) else []
    return {"seen": predicted(table["rows"]), "unseen": predicted(table["unseen"])}


TABLES = {"grid": grid(np.random.default_rng(33)), "scattered": scattered(np.random.default_rng(20))}
SQUARED = {"objective": "squared error", "start": 10.5, "learningRate": 0.1}
HUBER = {"objective": "pseudo-Huber", "delta": 2.5, "learningRate": 0.2, "leastRows": 1}
PINBALL = {"objective": "rounded pinball", "delta": 1.5, "learningRate": 0.15, "leastRows": 1}
CASES = [
    {"table": "grid", **SQUARED, "trees": 8, "leaves": 8, "leastRows": 1},
    {"table": "grid", **SQUARED, "trees": 20, "leaves": 8, "leastRows": 12},
    {"table": "scattered", **SQUARED, "trees": 40, "leaves": 16, "leastRows": 20},
    {"table": "grid", **HUBER, "start": 10, "trees": 20, "leaves": 8},
    {"table": "scattered", **HUBER, "start": 11, "trees": 20, "leaves": 8},
    {"table": "grid", **PINBALL, "start": 14, "probability": 0.9, "trees": 40, "leaves": 8},
    {"table": "scattered", **PINBALL, "start": 8, "probability": 0.1, "trees": 20, "leaves": 8},
]

document = {
    "versions": {"lightgbm": lightgbm.__version__, "numpy": np.__version__},
    "tables": {name: {key: array.tolist() for key, array in table.items()} for name, table in TABLES.items()},
    "cases": [{**case, **predictions(TABLES[case["table"]], case)} for case in CASES],
}
pathlib.Path(__file__).with_name("lightgbm.json").write_text(json.dumps(document) + "\n")
