# Made from build/forecast.schema.json by build/types.ts; quantities are in units of the product.
from typing import Literal, NotRequired, TypedDict

# An id as the source has it: a number with all its digits where it is an integer, which may be above 2^53, else a string; with FORECAST_IDS=string always a string.
Id = int | str

# What is expected of a product in a week.
WeekPrediction = TypedDict("WeekPrediction", {
    # First day of the week. (date, YYYY-MM-DD; since 0.1.0)
    "week_start": str,
    # Last day of the week, which is part of it. (date, YYYY-MM-DD; since 0.1.0)
    "week_end": str,
    # Mean of what is expected; the weeks add up to the total. (units; since 0.1.0)
    "predicted_quantity": float,
    # Lower bound of the interval, at most the mean. (units; since 0.1.0)
    "confidence_lower": float,
    # Upper bound of the interval, at least the mean. (units; since 0.1.0)
    "confidence_upper": float,
    # Customers who are expected to order in the week. (customers; since 0.1.0)
    "active_customers": int,
    # Demand is as likely above it as below; it is below the mean where large orders are rare. (units; since 0.1.0)
    "median_quantity": float,
    # Mean of what is expected from the origin to the end of the week; the last one is the total. (units; since 0.1.0)
    "cumulative_quantity": float,
    # Lower bound of its own interval; never below that of an earlier week. (units; since 0.1.0)
    "cumulative_lower": float,
    # Upper bound of its own interval: what is enough for so long with the probability of that bound; never below that of an earlier week. (units; since 0.1.0)
    "cumulative_upper": float,
    # The week that most of its days are in; only of calendar weeks. (week of ISO 8601, such as 2026-W48; since 0.1.0)
    "iso_week": NotRequired[str],
})

# What is expected of a product in all weeks together.
Summary = TypedDict("Summary", {
    # Sum of the weeks. (units; since 0.1.0)
    "total_predicted_quantity": float,
    # Customers who are expected to order again within a year. (customers; since 0.1.0)
    "active_customers": int,
    # The total a week. (units; since 0.1.0)
    "avg_weekly_quantity": float,
    # Lower bound of the interval of the total; bounds of weeks do not add up to it. (units; since 0.1.0)
    "total_confidence_lower": float,
    # Upper bound of the interval of the total. (units; since 0.1.0)
    "total_confidence_upper": float,
    # Part of the total that is expected of customers known so far. (units; since 0.1.0)
    "known_customers_quantity": float,
    # Part of the total that is expected of new customers. (units; since 0.1.0)
    "new_customers_quantity": float,
    # The total if a stock-out that seems to be under way had not been, no less than the total; missing where no such note is given. (units; since 0.1.0)
    "unconstrained_quantity": NotRequired[float],
})

# How a forecast was made, and how good it is.
ModelMetadata = TypedDict("ModelMetadata", {
    # What kind of model made it. (text; since 0.1.0)
    "model_type": Literal["statistical"] | Literal["ml"] | Literal["baseline"],
    # 1 less the error that is expected of the total of products like this one, over what is sold; null where it is not known, or nothing is expected. (share, 0 to 1, or null; since 0.1.0)
    "forecast_accuracy_estimate": float | None,
    # Weeks since the first order. (weeks; since 0.1.0)
    "historical_weeks": int,
    # Start of the run that made it. (time in UTC, ISO 8601; since 0.1.0)
    "generated_at": str,
    # Methods with their weights, in words that may change. (text; since 0.1.0)
    "model": str,
    # Share of outcomes that intervals are made to hold. (share, 0 to 1; since 0.1.0)
    "interval_level": float,
    # Decimals of all quantities of the product; missing where it is one. (decimals; since 0.1.0)
    "quantity_decimals": NotRequired[int],
})

# What is expected of a customer of a product.
CustomerForecast = TypedDict("CustomerForecast", {
    # Of the customer. (id; since 0.1.0)
    "id": Id,
    # Where the source knows it. (text; since 0.1.0)
    "name": NotRequired[str],
    # New in the twelve weeks after the first order, else by the probability: alive from a half, at risk from a fifth, churned below. (text; since 0.1.0)
    "status": Literal["new"] | Literal["alive"] | Literal["at risk"] | Literal["churned"],
    # Probability that the customer orders again within a year. (share, 0 to 1; since 0.1.0)
    "probability_alive": float,
    # Day of the last order. (date, YYYY-MM-DD; since 0.1.0)
    "last_order": str,
    # The order is as likely before as after it; null where none is expected within a year. (date, YYYY-MM-DD, or null; since 0.1.0)
    "expected_next_order": str | None,
    # The customer's part of the total. (units; since 0.1.0)
    "expected_quantity": float,
    # What more would be expected if the customer were known not to have stopped; only of those at risk. (units; since 0.1.0)
    "quantity_at_stake": NotRequired[float],
})

# A customer whom a note is about.
NotedCustomer = TypedDict("NotedCustomer", {
    # Of the customer. (id; since 0.1.0)
    "id": Id,
    # Where the source knows it. (text; since 0.1.0)
    "name": NotRequired[str],
    # What the customer ordered. (units; since 0.1.0)
    "quantity": float,
})

# A product that a note is about.
NotedProduct = TypedDict("NotedProduct", {
    # Of the product. (id; since 0.1.0)
    "id": Id,
    # Where the source knows it. (text; since 0.1.0)
    "name": NotRequired[str],
})

# The product was first ordered less than 13 weeks ago.
NewNote = TypedDict("NewNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["new"],
    # Since the first order. (weeks; since 0.1.0)
    "weeks": int,
})

# The product goes on where another one ended, whose orders are in its history.
SuccessorNote = TypedDict("SuccessorNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["successor"],
    # First order of the successor. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # First ones of the successor. (customers; since 0.1.0)
    "customers": int,
    # Those of them who had ordered the product that ended. (customers; since 0.1.0)
    "customers_before": int,
    # Which ended. (product; since 0.1.0)
    "product": NotedProduct,
})

# Another product has taken the place of this one; nothing more is expected of it.
ReplacedNote = TypedDict("ReplacedNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["replaced"],
    # First order of the successor. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # First ones of the successor. (customers; since 0.1.0)
    "customers": int,
    # Those of them who had ordered the product that ended. (customers; since 0.1.0)
    "customers_before": int,
    # Which took its place. (product; since 0.1.0)
    "product": NotedProduct,
})

# The product may not be sold any more.
StoppedNote = TypedDict("StoppedNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["stopped"],
    # First day without an order. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # Without an order. (weeks; since 0.1.0)
    "weeks": int,
    # The longest time without an order before. (weeks; since 0.1.0)
    "longest_gap_before": int,
    # Of so long a time by chance. (share, 0 to 1; since 0.1.0)
    "probability": float,
})

# A product that is ordered nearly every week was not.
PossibleStockOutNote = TypedDict("PossibleStockOutNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["possible-stock-out"],
    # First day without an order. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # Last day without an order; null while it goes on. (date, YYYY-MM-DD, or null; since 0.1.0)
    "until": str | None,
    # Without an order. (weeks; since 0.1.0)
    "weeks": int,
    # Of so long a time by chance. (share, 0 to 1; since 0.1.0)
    "probability": float,
})

# A week of the last 52 is far beyond all others.
OutlierNote = TypedDict("OutlierNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["outlier"],
    # First day of the week. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # Of that week. (units; since 0.1.0)
    "quantity": float,
    # Median of the other weeks with an order. (units; since 0.1.0)
    "usual_quantity": float,
    # Who bought most of it, if one did. (customer; since 0.1.0)
    "customer": NotRequired[NotedCustomer],
})

# Much of what was sold in the last 52 weeks came back.
ReturnsNote = TypedDict("ReturnsNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["returns"],
    # What came back. (units; since 0.1.0)
    "returned_quantity": float,
    # What was sold. (units; since 0.1.0)
    "sold_quantity": float,
})

# Order lines of these days came twice, and count once.
DoubleImportNote = TypedDict("DoubleImportNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["double-import"],
    # First of these days. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # Last of these days. (date, YYYY-MM-DD; since 0.1.0)
    "until": str,
    # What is not counted twice. (units; since 0.1.0)
    "quantity": float,
})

# Quantities are in another unit since a day; earlier ones count in the new one.
UnitChangeNote = TypedDict("UnitChangeNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["unit-change"],
    # First day of the new unit. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # By which earlier quantities are multiplied. (factor; since 0.1.0)
    "factor": float,
})

# A large order that comes once a year is due; the forecast has it.
YearlyOrderNote = TypedDict("YearlyOrderNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["yearly-order"],
    # When it is expected. (date, YYYY-MM-DD; since 0.1.0)
    "due": str,
    # Of the order that is expected. (units; since 0.1.0)
    "quantity": float,
    # In which it came. (years; since 0.1.0)
    "years": int,
    # The customer. (customer; since 0.1.0)
    "customer": NotedCustomer,
})

# A customer of much of the demand is gone; the forecast is that of the others.
CustomerLostNote = TypedDict("CustomerLostNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["customer-lost"],
    # Of the customer. (date, YYYY-MM-DD; since 0.1.0)
    "last_order": str,
    # Of the product's units that the customer bought. (share, 0 to 1; since 0.1.0)
    "share": float,
    # What the customer bought. (units; since 0.1.0)
    "quantity_a_week": float,
    # The customer. (customer; since 0.1.0)
    "customer": NotedCustomer,
})

# Demand is on another level than in the year before.
LevelShiftNote = TypedDict("LevelShiftNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["level-shift"],
    # First day of the new level. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # Since then. (weeks; since 0.1.0)
    "weeks": int,
    # Of the new level to the old one. (factor; since 0.1.0)
    "factor": float,
})

# Nearly nothing of any product is expected in these days ahead, as in past years.
ClosingNote = TypedDict("ClosingNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["closing"],
    # First of these days. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # Last of these days. (date, YYYY-MM-DD; since 0.1.0)
    "until": str,
})

# The source has no order line at all of these days: they are missing, not without demand.
SourceGapNote = TypedDict("SourceGapNote", {
    # Which note it is. (text; since 0.1.0)
    "kind": Literal["source-gap"],
    # First of these days. (date, YYYY-MM-DD; since 0.1.0)
    "from": str,
    # Last of these days. (date, YYYY-MM-DD; since 0.1.0)
    "until": str,
    # That are missing. (weeks; since 0.1.0)
    "weeks": int,
})

# Kinds of notes; further ones may be added.
NoteKind = Literal["new"] | Literal["successor"] | Literal["replaced"] | Literal["stopped"] | Literal["possible-stock-out"] | Literal["outlier"] | Literal["returns"] | Literal["double-import"] | Literal["unit-change"] | Literal["yearly-order"] | Literal["customer-lost"] | Literal["level-shift"] | Literal["closing"] | Literal["source-gap"]

# What must be known of the data behind a forecast; further kinds may be added.
Note = NewNote | SuccessorNote | ReplacedNote | StoppedNote | PossibleStockOutNote | OutlierNote | ReturnsNote | DoubleImportNote | UnitChangeNote | YearlyOrderNote | CustomerLostNote | LevelShiftNote | ClosingNote | SourceGapNote

# A part of the total.
ExplanationPart = TypedDict("ExplanationPart", {
    # What adds it: the level of the last weeks, the season of all products, the product's own, what lasts of how all products moved, what boosted trees correct, weeks in which nobody orders, an order that comes once a year; further ones may be added. (word; since 0.1.0)
    "kind": Literal["level"] | Literal["market-season"] | Literal["product-season"] | Literal["momentum"] | Literal["correction"] | Literal["closing"] | Literal["yearly-order"],
    # What it adds to the total, or takes from it. (units; since 0.1.0)
    "quantity": float,
})

# What moved the correction.
ExplanationReason = TypedDict("ExplanationReason", {
    # What is known of the product: its last weeks, earlier ones, its season, its customers, how regularly it is ordered, how large orders are, how long it has been sold; further ones may be added. (word; since 0.1.0)
    "kind": Literal["recent-weeks"] | Literal["earlier-weeks"] | Literal["season"] | Literal["customers"] | Literal["rhythm"] | Literal["sizes"] | Literal["age"],
    # By how much, against all products on average. (units; since 0.1.0)
    "quantity": float,
})

# Why the total is what it is.
Explanation = TypedDict("Explanation", {
    # They add up to the total; the level stands first. (list; since 0.1.0)
    "parts": list[ExplanationPart],
    # Three at most, what did most first. (list; since 0.1.0)
    "reasons": list[ExplanationReason],
    # Net units a week in the last 13 weeks, or in all where there are fewer; below zero where more came back than was sold. (units; since 0.1.0)
    "mean_of_last_13_weeks": float,
    # Net units in the same weeks a year ago; null where the history does not reach back so far. (units; since 0.1.0)
    "year_ago_quantity": float | None,
})

# What would have been said of a product at a past date, whose weeks are over.
PastForecast = TypedDict("PastForecast", {
    # The past date; the product's orders before it are known, and what is known today of all products. (date, YYYY-MM-DD; since 0.1.0)
    "as_of_date": str,
    # What would have been expected of the forecast_weeks weeks from that date on. (units; since 0.1.0)
    "predicted_quantity": float,
    # Sold less returned in these weeks. (units; since 0.1.0)
    "actual_quantity": float,
})

# The forecast of a product, under the key forecast:{product_id}.
ForecastDocument = TypedDict("ForecastDocument", {
    # Of the product. (id; since 0.1.0)
    "product_id": Id,
    # The origin: the first day that is forecast; orders before it are known. (date, YYYY-MM-DD; since 0.1.0)
    "as_of_date": str,
    # Weeks that are forecast. (weeks; since 0.1.0)
    "forecast_weeks": int,
    # As many weeks as are forecast, without a gap, from the origin on. (list; since 0.1.0)
    "predictions": list[WeekPrediction],
    # All weeks together. (summary; since 0.1.0)
    "summary": Summary,
    # How it was made. (metadata; since 0.1.0)
    "model_metadata": ModelMetadata,
    # Where the source knows it. (text; since 0.1.0)
    "product_name": NotRequired[str],
    # Sold less returned in each of the last 52 weeks before the origin, oldest first; fewer where the product is younger. (units; since 0.1.0)
    "history": list[float],
    # The ten of whom most is expected, most first. (list; since 0.1.0)
    "customers": list[CustomerForecast],
    # The ten with most at stake, most first. (list; since 0.1.0)
    "at_risk_customers": list[CustomerForecast],
    # What must be known of the data; mostly none. (list; since 0.1.0)
    "notes": list[Note],
    # Why the total is what it is. (object; since 0.1.0)
    "explanation": Explanation,
    # The product's own forecasts at past dates, made anew, the last one first: as many weeks ago as are forecast, and twice as many; empty where its history is too short. (list; since 0.1.0)
    "past_forecasts": list[PastForecast],
    # What all quantities of the product are counted in, as the source has it; null where it does not say, or says several. (text, or null; since 0.1.0)
    "unit": str | None,
    # Within one version keys are only added. (number; since 0.1.0)
    "schema_version": Literal[1],
    # Of the run; the same in each of its documents, in its metadata and in its index. (UUID; since 0.1.0)
    "run_id": str,
    # Day on which calendar weeks begin, the first of which is what is left of one; missing where weeks are counted from the origin. (day of the week; since 0.1.0)
    "week_starts_on": NotRequired[Literal["monday"] | Literal["tuesday"] | Literal["wednesday"] | Literal["thursday"] | Literal["friday"] | Literal["saturday"] | Literal["sunday"]],
})

# What the time of a run went into: the run's own stages, then those of all threads together.
StageSeconds = TypedDict("StageSeconds", {
    # Opening the source, and reading a file. (seconds; since 0.1.0)
    "prepare": float,
    # Finding products. (seconds; since 0.1.0)
    "eligibility": float,
    # Learning across products. (seconds; since 0.1.0)
    "learning": float,
    # Reading order lines. (seconds; since 0.1.0)
    "read": float,
    # Making histories. (seconds; since 0.1.0)
    "parse": float,
    # Forecasting. (seconds; since 0.1.0)
    "forecast": float,
    # Making JSON. (seconds; since 0.1.0)
    "serialise": float,
    # Writing to the cache. (seconds; since 0.1.0)
    "write": float,
    # Threads without work. (seconds; since 0.1.0)
    "idle": float,
})

# A product that has no forecast.
ProductWithoutForecast = TypedDict("ProductWithoutForecast", {
    # Always a string. (id; since 0.1.0)
    "product_id": str,
    # Why there is none. (text; since 0.1.0)
    "reason": str,
})

# What is kept of the last run of all products, under forecast:metadata:last_run, and of the last one of some, under forecast:metadata:last_partial_run.
RunMetadata = TypedDict("RunMetadata", {
    # Start of the run; the generated_at of its documents. (time in UTC, ISO 8601; since 0.1.0)
    "last_run": str,
    # The origin: the first day that is forecast. (date, YYYY-MM-DD; since 0.1.0)
    "as_of_date": str,
    # That were to be forecast. (products; since 0.1.0)
    "total_products": int,
    # That have a new forecast. (products; since 0.1.0)
    "successful": int,
    # That failed, or whose document was lost. (products; since 0.1.0)
    "failed": int,
    # Of which nothing honest can be said. (products; since 0.1.0)
    "no_forecast": int,
    # That the run took. (seconds; since 0.1.0)
    "elapsed_seconds": float,
    # End of the run. (time in UTC, ISO 8601; since 0.1.0)
    "finished_at": str,
    # Whether a signal ended it early. (true or false; since 0.1.0)
    "interrupted": bool,
    # Whether it was told to leave products out. (true or false; since 0.1.0)
    "partial": bool,
    # Of the program. (text; since 0.1.0)
    "version": str,
    # That were used. (threads; since 0.1.0)
    "workers": int,
    # What its time went into. (stages; since 0.1.0)
    "stages": StageSeconds,
    # Wait of a batch for a thread, on average. (seconds; since 0.1.0)
    "queue_seconds": float,
    # Median over the products; null where no product has one. (share, 0 to 1, or null; since 0.1.0)
    "forecast_accuracy_estimate": float | None,
    # Share of the weeks after past dates that lay within their interval; null where nothing was learned. (share, 0 to 1, or null; since 0.1.0)
    "interval_coverage": float | None,
    # Whether the run learned from its own past. (true or false; since 0.1.0)
    "learned": bool,
    # Why something failed in learning; null where nothing did. (text, or null; since 0.1.0)
    "learning_failed": str | None,
    # Day of the newest order line of all products; null where the run did not come so far. (date, YYYY-MM-DD, or null; since 0.1.0)
    "newest_order_line": str | None,
    # That were written and were not there when they were counted. (documents; since 0.1.0)
    "lost_documents": int,
    # What else went wrong; null where nothing did. (text, or null; since 0.1.0)
    "problem": str | None,
    # Products that have no forecast, by id. (list; since 0.1.0)
    "no_forecast_products": list[ProductWithoutForecast],
    # Within one version keys are only added. (number; since 0.1.0)
    "schema_version": Literal[1],
    # Of the run; the same in each of its documents, in its metadata and in its index. (UUID; since 0.1.0)
    "run_id": str,
})

# A product in the index.
IndexEntry = TypedDict("IndexEntry", {
    # Of the product. (id; since 0.1.0)
    "product_id": Id,
    # Where the source knows it. (text; since 0.1.0)
    "product_name": NotRequired[str],
    # As in the document; missing where that is null. (text; since 0.1.0)
    "unit": NotRequired[str],
    # As in the document's summary. (units; since 0.1.0)
    "total_predicted_quantity": float,
    # As in the document's summary. (units; since 0.1.0)
    "total_confidence_lower": float,
    # As in the document's summary. (units; since 0.1.0)
    "total_confidence_upper": float,
    # As in the document's metadata. (share, 0 to 1, or null; since 0.1.0)
    "forecast_accuracy_estimate": float | None,
    # Sold less returned in as many days as are forecast, right before the origin; null where the history is shorter. (units, or null; since 0.1.0)
    "last_weeks_quantity": float | None,
    # Sold less returned in the forecast days a year ago; null where the history does not reach back so far. (units, or null; since 0.1.0)
    "year_ago_quantity": float | None,
    # Decimals of all quantities of the product; missing where it is one. (decimals; since 0.1.0)
    "quantity_decimals": NotRequired[int],
    # Kinds of the document's notes, each once. (list of kinds; since 0.1.0)
    "notes": list[NoteKind],
})

# All products of the last run of all products that did its work, under forecast:index.
ForecastIndex = TypedDict("ForecastIndex", {
    # Start of the run; the generated_at of its documents. (time in UTC, ISO 8601; since 0.1.0)
    "last_run": str,
    # The origin: the first day that is forecast. (date, YYYY-MM-DD; since 0.1.0)
    "as_of_date": str,
    # Weeks that are forecast. (weeks; since 0.1.0)
    "forecast_weeks": int,
    # Share of outcomes that intervals are made to hold. (share, 0 to 1; since 0.1.0)
    "interval_level": float,
    # Of the program. (text; since 0.1.0)
    "version": str,
    # By id. (list; since 0.1.0)
    "products": list[IndexEntry],
    # Within one version keys are only added. (number; since 0.1.0)
    "schema_version": Literal[1],
    # Of the run; the same in each of its documents, in its metadata and in its index. (UUID; since 0.1.0)
    "run_id": str,
    # Day on which calendar weeks begin, the first of which is what is left of one; missing where weeks are counted from the origin. (day of the week; since 0.1.0)
    "week_starts_on": NotRequired[Literal["monday"] | Literal["tuesday"] | Literal["wednesday"] | Literal["thursday"] | Literal["friday"] | Literal["saturday"] | Literal["sunday"]],
})
