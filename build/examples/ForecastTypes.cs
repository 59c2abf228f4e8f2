// Made from build/forecast.schema.json by build/types.ts; quantities are in units of the product.
#nullable enable
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forecasts;

/// <summary>An id with all its digits, whether JSON has it as a number or as a string.</summary>
public sealed class IdConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : reader.GetString()!;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>What is expected of a product in a week.</summary>
public sealed record WeekPrediction
{
    /// <summary>First day of the week. (date, YYYY-MM-DD; since 0.1.0)</summary>
    [JsonPropertyName("week_start")] public required string WeekStart { get; init; }
    /// <summary>Last day of the week, which is part of it. (date, YYYY-MM-DD; since 0.1.0)</summary>
    [JsonPropertyName("week_end")] public required string WeekEnd { get; init; }
    /// <summary>Mean of what is expected; the weeks add up to the total. (units; since 0.1.0)</summary>
    [JsonPropertyName("predicted_quantity")] public required double PredictedQuantity { get; init; }
    /// <summary>Lower bound of the interval, at most the mean. (units; since 0.1.0)</summary>
    [JsonPropertyName("confidence_lower")] public required double ConfidenceLower { get; init; }
    /// <summary>Upper bound of the interval, at least the mean. (units; since 0.1.0)</summary>
    [JsonPropertyName("confidence_upper")] public required double ConfidenceUpper { get; init; }
    /// <summary>Customers who are expected to order in the week. (customers; since 0.1.0)</summary>
    [JsonPropertyName("active_customers")] public required long ActiveCustomers { get; init; }
    /// <summary>Demand is as likely above it as below; it is below the mean where large orders are rare. (units; since 0.1.0)</summary>
    [JsonPropertyName("median_quantity")] public required double MedianQuantity { get; init; }
    /// <summary>Mean of what is expected from the origin to the end of the week; the last one is the total. (units; since 0.1.0)</summary>
    [JsonPropertyName("cumulative_quantity")] public required double CumulativeQuantity { get; init; }
    /// <summary>Lower bound of its own interval; never below that of an earlier week. (units; since 0.1.0)</summary>
    [JsonPropertyName("cumulative_lower")] public required double CumulativeLower { get; init; }
    /// <summary>Upper bound of its own interval: what is enough for so long with the probability of that bound; never below that of an earlier week. (units; since 0.1.0)</summary>
    [JsonPropertyName("cumulative_upper")] public required double CumulativeUpper { get; init; }
    /// <summary>The week that most of its days are in; only of calendar weeks. (week of ISO 8601, such as 2026-W48; since 0.1.0)</summary>
    [JsonPropertyName("iso_week")] public string? IsoWeek { get; init; }
}

/// <summary>What is expected of a product in all weeks together.</summary>
public sealed record Summary
{
    /// <summary>Sum of the weeks. (units; since 0.1.0)</summary>
    [JsonPropertyName("total_predicted_quantity")] public required double TotalPredictedQuantity { get; init; }
    /// <summary>Customers who are expected to order again within a year. (customers; since 0.1.0)</summary>
    [JsonPropertyName("active_customers")] public required long ActiveCustomers { get; init; }
    /// <summary>The total a week. (units; since 0.1.0)</summary>
    [JsonPropertyName("avg_weekly_quantity")] public required double AvgWeeklyQuantity { get; init; }
    /// <summary>Lower bound of the interval of the total; bounds of weeks do not add up to it. (units; since 0.1.0)</summary>
    [JsonPropertyName("total_confidence_lower")] public required double TotalConfidenceLower { get; init; }
    /// <summary>Upper bound of the interval of the total. (units; since 0.1.0)</summary>
    [JsonPropertyName("total_confidence_upper")] public required double TotalConfidenceUpper { get; init; }
    /// <summary>Part of the total that is expected of customers known so far. (units; since 0.1.0)</summary>
    [JsonPropertyName("known_customers_quantity")] public required double KnownCustomersQuantity { get; init; }
    /// <summary>Part of the total that is expected of new customers. (units; since 0.1.0)</summary>
    [JsonPropertyName("new_customers_quantity")] public required double NewCustomersQuantity { get; init; }
    /// <summary>The total if a stock-out that seems to be under way had not been, no less than the total; missing where no such note is given. (units; since 0.1.0)</summary>
    [JsonPropertyName("unconstrained_quantity")] public double? UnconstrainedQuantity { get; init; }
}

/// <summary>How a forecast was made, and how good it is.</summary>
public sealed record ModelMetadata
{
    /// <summary>What kind of model made it. (text; since 0.1.0)</summary>
    [JsonPropertyName("model_type")] public required string ModelType { get; init; }
    /// <summary>1 less the error that is expected of the total of products like this one, over what is sold; null where it is not known, or nothing is expected. (share, 0 to 1, or null; since 0.1.0)</summary>
    [JsonPropertyName("forecast_accuracy_estimate")] public required double? ForecastAccuracyEstimate { get; init; }
    /// <summary>Weeks since the first order. (weeks; since 0.1.0)</summary>
    [JsonPropertyName("historical_weeks")] public required long HistoricalWeeks { get; init; }
    /// <summary>Start of the run that made it. (time in UTC, ISO 8601; since 0.1.0)</summary>
    [JsonPropertyName("generated_at")] public required string GeneratedAt { get; init; }
    /// <summary>Methods with their weights, in words that may change. (text; since 0.1.0)</summary>
    [JsonPropertyName("model")] public required string Model { get; init; }
    /// <summary>Share of outcomes that intervals are made to hold. (share, 0 to 1; since 0.1.0)</summary>
    [JsonPropertyName("interval_level")] public required double IntervalLevel { get; init; }
    /// <summary>Decimals of all quantities of the product; missing where it is one. (decimals; since 0.1.0)</summary>
    [JsonPropertyName("quantity_decimals")] public long? QuantityDecimals { get; init; }
}

/// <summary>What is expected of a customer of a product.</summary>
public sealed record CustomerForecast
{
    /// <summary>Of the customer. (id; since 0.1.0)</summary>
    [JsonPropertyName("id"), JsonConverter(typeof(IdConverter))] public required string Id { get; init; }
    /// <summary>Where the source knows it. (text; since 0.1.0)</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }
    /// <summary>New in the twelve weeks after the first order, else by the probability: alive from a half, at risk from a fifth, churned below. (text; since 0.1.0)</summary>
    [JsonPropertyName("status")] public required string Status { get; init; }
    /// <summary>Probability that the customer orders again within a year. (share, 0 to 1; since 0.1.0)</summary>
    [JsonPropertyName("probability_alive")] public required double ProbabilityAlive { get; init; }
    /// <summary>Day of the last order. (date, YYYY-MM-DD; since 0.1.0)</summary>
    [JsonPropertyName("last_order")] public required string LastOrder { get; init; }
    /// <summary>The order is as likely before as after it; null where none is expected within a year. (date, YYYY-MM-DD, or null; since 0.1.0)</summary>
    [JsonPropertyName("expected_next_order")] public required string? ExpectedNextOrder { get; init; }
    /// <summary>The customer's part of the total. (units; since 0.1.0)</summary>
    [JsonPropertyName("expected_quantity")] public required double ExpectedQuantity { get; init; }
    /// <summary>What more would be expected if the customer were known not to have stopped; only of those at risk. (units; since 0.1.0)</summary>
    [JsonPropertyName("quantity_at_stake")] public double? QuantityAtStake { get; init; }
}

/// <summary>A customer whom a note is about.</summary>
public sealed record NotedCustomer
{
    /// <summary>Of the customer. (id; since 0.1.0)</summary>
    [JsonPropertyName("id"), JsonConverter(typeof(IdConverter))] public required string Id { get; init; }
    /// <summary>Where the source knows it. (text; since 0.1.0)</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }
    /// <summary>What the customer ordered. (units; since 0.1.0)</summary>
    [JsonPropertyName("quantity")] public required double Quantity { get; init; }
}

/// <summary>A product that a note is about.</summary>
public sealed record NotedProduct
{
    /// <summary>Of the product. (id; since 0.1.0)</summary>
    [JsonPropertyName("id"), JsonConverter(typeof(IdConverter))] public required string Id { get; init; }
    /// <summary>Where the source knows it. (text; since 0.1.0)</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }
}

/// <summary>What must be known of the data behind a forecast; further kinds may be added.</summary>
public sealed record Note
{
    /// <summary>In all.</summary>
    [JsonPropertyName("kind")] public required string Kind { get; init; }
    /// <summary>In new, stopped, possible-stock-out, level-shift, source-gap.</summary>
    [JsonPropertyName("weeks")] public long? Weeks { get; init; }
    /// <summary>In successor, replaced, stopped, possible-stock-out, outlier, double-import, unit-change, level-shift, closing, source-gap.</summary>
    [JsonPropertyName("from")] public string? From { get; init; }
    /// <summary>In successor, replaced.</summary>
    [JsonPropertyName("customers")] public long? Customers { get; init; }
    /// <summary>In successor, replaced.</summary>
    [JsonPropertyName("customers_before")] public long? CustomersBefore { get; init; }
    /// <summary>In successor, replaced.</summary>
    [JsonPropertyName("product")] public NotedProduct? Product { get; init; }
    /// <summary>In stopped.</summary>
    [JsonPropertyName("longest_gap_before")] public long? LongestGapBefore { get; init; }
    /// <summary>In stopped, possible-stock-out.</summary>
    [JsonPropertyName("probability")] public double? Probability { get; init; }
    /// <summary>In possible-stock-out, double-import, closing, source-gap.</summary>
    [JsonPropertyName("until")] public string? Until { get; init; }
    /// <summary>In outlier, double-import, yearly-order.</summary>
    [JsonPropertyName("quantity")] public double? Quantity { get; init; }
    /// <summary>In outlier.</summary>
    [JsonPropertyName("usual_quantity")] public double? UsualQuantity { get; init; }
    /// <summary>In outlier, yearly-order, customer-lost.</summary>
    [JsonPropertyName("customer")] public NotedCustomer? Customer { get; init; }
    /// <summary>In returns.</summary>
    [JsonPropertyName("returned_quantity")] public double? ReturnedQuantity { get; init; }
    /// <summary>In returns.</summary>
    [JsonPropertyName("sold_quantity")] public double? SoldQuantity { get; init; }
    /// <summary>In unit-change, level-shift.</summary>
    [JsonPropertyName("factor")] public double? Factor { get; init; }
    /// <summary>In yearly-order.</summary>
    [JsonPropertyName("due")] public string? Due { get; init; }
    /// <summary>In yearly-order.</summary>
    [JsonPropertyName("years")] public long? Years { get; init; }
    /// <summary>In customer-lost.</summary>
    [JsonPropertyName("last_order")] public string? LastOrder { get; init; }
    /// <summary>In customer-lost.</summary>
    [JsonPropertyName("share")] public double? Share { get; init; }
    /// <summary>In customer-lost.</summary>
    [JsonPropertyName("quantity_a_week")] public double? QuantityAWeek { get; init; }
}

/// <summary>A part of the total.</summary>
public sealed record ExplanationPart
{
    /// <summary>What adds it: the level of the last weeks, the season of all products, the product's own, what lasts of how all products moved, what boosted trees correct, weeks in which nobody orders, an order that comes once a year; further ones may be added. (word; since 0.1.0)</summary>
    [JsonPropertyName("kind")] public required string Kind { get; init; }
    /// <summary>What it adds to the total, or takes from it. (units; since 0.1.0)</summary>
    [JsonPropertyName("quantity")] public required double Quantity { get; init; }
}

/// <summary>What moved the correction.</summary>
public sealed record ExplanationReason
{
    /// <summary>What is known of the product: its last weeks, earlier ones, its season, its customers, how regularly it is ordered, how large orders are, how long it has been sold; further ones may be added. (word; since 0.1.0)</summary>
    [JsonPropertyName("kind")] public required string Kind { get; init; }
    /// <summary>By how much, against all products on average. (units; since 0.1.0)</summary>
    [JsonPropertyName("quantity")] public required double Quantity { get; init; }
}

/// <summary>Why the total is what it is.</summary>
public sealed record Explanation
{
    /// <summary>They add up to the total; the level stands first. (list; since 0.1.0)</summary>
    [JsonPropertyName("parts")] public required IReadOnlyList<ExplanationPart> Parts { get; init; }
    /// <summary>Three at most, what did most first. (list; since 0.1.0)</summary>
    [JsonPropertyName("reasons")] public required IReadOnlyList<ExplanationReason> Reasons { get; init; }
    /// <summary>Net units a week in the last 13 weeks, or in all where there are fewer; below zero where more came back than was sold. (units; since 0.1.0)</summary>
    [JsonPropertyName("mean_of_last_13_weeks")] public required double MeanOfLast_13Weeks { get; init; }
    /// <summary>Net units in the same weeks a year ago; null where the history does not reach back so far. (units; since 0.1.0)</summary>
    [JsonPropertyName("year_ago_quantity")] public required double? YearAgoQuantity { get; init; }
}

/// <summary>What would have been said of a product at a past date, whose weeks are over.</summary>
public sealed record PastForecast
{
    /// <summary>The past date; the product's orders before it are known, and what is known today of all products. (date, YYYY-MM-DD; since 0.1.0)</summary>
    [JsonPropertyName("as_of_date")] public required string AsOfDate { get; init; }
    /// <summary>What would have been expected of the forecast_weeks weeks from that date on. (units; since 0.1.0)</summary>
    [JsonPropertyName("predicted_quantity")] public required double PredictedQuantity { get; init; }
    /// <summary>Sold less returned in these weeks. (units; since 0.1.0)</summary>
    [JsonPropertyName("actual_quantity")] public required double ActualQuantity { get; init; }
}

/// <summary>The forecast of a product, under the key forecast:{product_id}.</summary>
public sealed record ForecastDocument
{
    /// <summary>Of the product. (id; since 0.1.0)</summary>
    [JsonPropertyName("product_id"), JsonConverter(typeof(IdConverter))] public required string ProductId { get; init; }
    /// <summary>The origin: the first day that is forecast; orders before it are known. (date, YYYY-MM-DD; since 0.1.0)</summary>
    [JsonPropertyName("as_of_date")] public required string AsOfDate { get; init; }
    /// <summary>Weeks that are forecast. (weeks; since 0.1.0)</summary>
    [JsonPropertyName("forecast_weeks")] public required long ForecastWeeks { get; init; }
    /// <summary>As many weeks as are forecast, without a gap, from the origin on. (list; since 0.1.0)</summary>
    [JsonPropertyName("predictions")] public required IReadOnlyList<WeekPrediction> Predictions { get; init; }
    /// <summary>All weeks together. (summary; since 0.1.0)</summary>
    [JsonPropertyName("summary")] public required Summary Summary { get; init; }
    /// <summary>How it was made. (metadata; since 0.1.0)</summary>
    [JsonPropertyName("model_metadata")] public required ModelMetadata ModelMetadata { get; init; }
    /// <summary>Where the source knows it. (text; since 0.1.0)</summary>
    [JsonPropertyName("product_name")] public string? ProductName { get; init; }
    /// <summary>Sold less returned in each of the last 52 weeks before the origin, oldest first; fewer where the product is younger. (units; since 0.1.0)</summary>
    [JsonPropertyName("history")] public required IReadOnlyList<double> History { get; init; }
    /// <summary>The ten of whom most is expected, most first. (list; since 0.1.0)</summary>
    [JsonPropertyName("customers")] public required IReadOnlyList<CustomerForecast> Customers { get; init; }
    /// <summary>The ten with most at stake, most first. (list; since 0.1.0)</summary>
    [JsonPropertyName("at_risk_customers")] public required IReadOnlyList<CustomerForecast> AtRiskCustomers { get; init; }
    /// <summary>What must be known of the data; mostly none. (list; since 0.1.0)</summary>
    [JsonPropertyName("notes")] public required IReadOnlyList<Note> Notes { get; init; }
    /// <summary>Why the total is what it is. (object; since 0.1.0)</summary>
    [JsonPropertyName("explanation")] public required Explanation Explanation { get; init; }
    /// <summary>The product's own forecasts at past dates, made anew, the last one first: as many weeks ago as are forecast, and twice as many; empty where its history is too short. (list; since 0.1.0)</summary>
    [JsonPropertyName("past_forecasts")] public required IReadOnlyList<PastForecast> PastForecasts { get; init; }
    /// <summary>What all quantities of the product are counted in, as the source has it; null where it does not say, or says several. (text, or null; since 0.1.0)</summary>
    [JsonPropertyName("unit")] public required string? Unit { get; init; }
    /// <summary>Within one version keys are only added. (number; since 0.1.0)</summary>
    [JsonPropertyName("schema_version")] public required long SchemaVersion { get; init; }
    /// <summary>Of the run; the same in each of its documents, in its metadata and in its index. (UUID; since 0.1.0)</summary>
    [JsonPropertyName("run_id")] public required string RunId { get; init; }
    /// <summary>Day on which calendar weeks begin, the first of which is what is left of one; missing where weeks are counted from the origin. (day of the week; since 0.1.0)</summary>
    [JsonPropertyName("week_starts_on")] public string? WeekStartsOn { get; init; }
}

/// <summary>What the time of a run went into: the run's own stages, then those of all threads together.</summary>
public sealed record StageSeconds
{
    /// <summary>Opening the source, and reading a file. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("prepare")] public required double Prepare { get; init; }
    /// <summary>Finding products. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("eligibility")] public required double Eligibility { get; init; }
    /// <summary>Learning across products. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("learning")] public required double Learning { get; init; }
    /// <summary>Reading order lines. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("read")] public required double Read { get; init; }
    /// <summary>Making histories. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("parse")] public required double Parse { get; init; }
    /// <summary>Forecasting. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("forecast")] public required double Forecast { get; init; }
    /// <summary>Making JSON. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("serialise")] public required double Serialise { get; init; }
    /// <summary>Writing to the cache. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("write")] public required double Write { get; init; }
    /// <summary>Threads without work. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("idle")] public required double Idle { get; init; }
}

/// <summary>A product that has no forecast.</summary>
public sealed record ProductWithoutForecast
{
    /// <summary>Always a string. (id; since 0.1.0)</summary>
    [JsonPropertyName("product_id")] public required string ProductId { get; init; }
    /// <summary>Why there is none. (text; since 0.1.0)</summary>
    [JsonPropertyName("reason")] public required string Reason { get; init; }
}

/// <summary>What is kept of the last run of all products, under forecast:metadata:last_run, and of the last one of some, under forecast:metadata:last_partial_run.</summary>
public sealed record RunMetadata
{
    /// <summary>Start of the run; the generated_at of its documents. (time in UTC, ISO 8601; since 0.1.0)</summary>
    [JsonPropertyName("last_run")] public required string LastRun { get; init; }
    /// <summary>The origin: the first day that is forecast. (date, YYYY-MM-DD; since 0.1.0)</summary>
    [JsonPropertyName("as_of_date")] public required string AsOfDate { get; init; }
    /// <summary>That were to be forecast. (products; since 0.1.0)</summary>
    [JsonPropertyName("total_products")] public required long TotalProducts { get; init; }
    /// <summary>That have a new forecast. (products; since 0.1.0)</summary>
    [JsonPropertyName("successful")] public required long Successful { get; init; }
    /// <summary>That failed, or whose document was lost. (products; since 0.1.0)</summary>
    [JsonPropertyName("failed")] public required long Failed { get; init; }
    /// <summary>Of which nothing honest can be said. (products; since 0.1.0)</summary>
    [JsonPropertyName("no_forecast")] public required long NoForecast { get; init; }
    /// <summary>That the run took. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("elapsed_seconds")] public required double ElapsedSeconds { get; init; }
    /// <summary>End of the run. (time in UTC, ISO 8601; since 0.1.0)</summary>
    [JsonPropertyName("finished_at")] public required string FinishedAt { get; init; }
    /// <summary>Whether a signal ended it early. (true or false; since 0.1.0)</summary>
    [JsonPropertyName("interrupted")] public required bool Interrupted { get; init; }
    /// <summary>Whether it was told to leave products out. (true or false; since 0.1.0)</summary>
    [JsonPropertyName("partial")] public required bool Partial { get; init; }
    /// <summary>Of the program. (text; since 0.1.0)</summary>
    [JsonPropertyName("version")] public required string Version { get; init; }
    /// <summary>That were used. (threads; since 0.1.0)</summary>
    [JsonPropertyName("workers")] public required long Workers { get; init; }
    /// <summary>What its time went into. (stages; since 0.1.0)</summary>
    [JsonPropertyName("stages")] public required StageSeconds Stages { get; init; }
    /// <summary>Wait of a batch for a thread, on average. (seconds; since 0.1.0)</summary>
    [JsonPropertyName("queue_seconds")] public required double QueueSeconds { get; init; }
    /// <summary>Median over the products; null where no product has one. (share, 0 to 1, or null; since 0.1.0)</summary>
    [JsonPropertyName("forecast_accuracy_estimate")] public required double? ForecastAccuracyEstimate { get; init; }
    /// <summary>Share of the weeks after past dates that lay within their interval; null where nothing was learned. (share, 0 to 1, or null; since 0.1.0)</summary>
    [JsonPropertyName("interval_coverage")] public required double? IntervalCoverage { get; init; }
    /// <summary>Whether the run learned from its own past. (true or false; since 0.1.0)</summary>
    [JsonPropertyName("learned")] public required bool Learned { get; init; }
    /// <summary>Why something failed in learning; null where nothing did. (text, or null; since 0.1.0)</summary>
    [JsonPropertyName("learning_failed")] public required string? LearningFailed { get; init; }
    /// <summary>Day of the newest order line of all products; null where the run did not come so far. (date, YYYY-MM-DD, or null; since 0.1.0)</summary>
    [JsonPropertyName("newest_order_line")] public required string? NewestOrderLine { get; init; }
    /// <summary>That were written and were not there when they were counted. (documents; since 0.1.0)</summary>
    [JsonPropertyName("lost_documents")] public required long LostDocuments { get; init; }
    /// <summary>What else went wrong; null where nothing did. (text, or null; since 0.1.0)</summary>
    [JsonPropertyName("problem")] public required string? Problem { get; init; }
    /// <summary>Products that have no forecast, by id. (list; since 0.1.0)</summary>
    [JsonPropertyName("no_forecast_products")] public required IReadOnlyList<ProductWithoutForecast> NoForecastProducts { get; init; }
    /// <summary>Within one version keys are only added. (number; since 0.1.0)</summary>
    [JsonPropertyName("schema_version")] public required long SchemaVersion { get; init; }
    /// <summary>Of the run; the same in each of its documents, in its metadata and in its index. (UUID; since 0.1.0)</summary>
    [JsonPropertyName("run_id")] public required string RunId { get; init; }
}

/// <summary>A product in the index.</summary>
public sealed record IndexEntry
{
    /// <summary>Of the product. (id; since 0.1.0)</summary>
    [JsonPropertyName("product_id"), JsonConverter(typeof(IdConverter))] public required string ProductId { get; init; }
    /// <summary>Where the source knows it. (text; since 0.1.0)</summary>
    [JsonPropertyName("product_name")] public string? ProductName { get; init; }
    /// <summary>As in the document; missing where that is null. (text; since 0.1.0)</summary>
    [JsonPropertyName("unit")] public string? Unit { get; init; }
    /// <summary>As in the document's summary. (units; since 0.1.0)</summary>
    [JsonPropertyName("total_predicted_quantity")] public required double TotalPredictedQuantity { get; init; }
    /// <summary>As in the document's summary. (units; since 0.1.0)</summary>
    [JsonPropertyName("total_confidence_lower")] public required double TotalConfidenceLower { get; init; }
    /// <summary>As in the document's summary. (units; since 0.1.0)</summary>
    [JsonPropertyName("total_confidence_upper")] public required double TotalConfidenceUpper { get; init; }
    /// <summary>As in the document's metadata. (share, 0 to 1, or null; since 0.1.0)</summary>
    [JsonPropertyName("forecast_accuracy_estimate")] public required double? ForecastAccuracyEstimate { get; init; }
    /// <summary>Sold less returned in as many days as are forecast, right before the origin; null where the history is shorter. (units, or null; since 0.1.0)</summary>
    [JsonPropertyName("last_weeks_quantity")] public required double? LastWeeksQuantity { get; init; }
    /// <summary>Sold less returned in the forecast days a year ago; null where the history does not reach back so far. (units, or null; since 0.1.0)</summary>
    [JsonPropertyName("year_ago_quantity")] public required double? YearAgoQuantity { get; init; }
    /// <summary>Decimals of all quantities of the product; missing where it is one. (decimals; since 0.1.0)</summary>
    [JsonPropertyName("quantity_decimals")] public long? QuantityDecimals { get; init; }
    /// <summary>Kinds of the document's notes, each once. (list of kinds; since 0.1.0)</summary>
    [JsonPropertyName("notes")] public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>All products of the last run of all products that did its work, under forecast:index.</summary>
public sealed record ForecastIndex
{
    /// <summary>Start of the run; the generated_at of its documents. (time in UTC, ISO 8601; since 0.1.0)</summary>
    [JsonPropertyName("last_run")] public required string LastRun { get; init; }
    /// <summary>The origin: the first day that is forecast. (date, YYYY-MM-DD; since 0.1.0)</summary>
    [JsonPropertyName("as_of_date")] public required string AsOfDate { get; init; }
    /// <summary>Weeks that are forecast. (weeks; since 0.1.0)</summary>
    [JsonPropertyName("forecast_weeks")] public required long ForecastWeeks { get; init; }
    /// <summary>Share of outcomes that intervals are made to hold. (share, 0 to 1; since 0.1.0)</summary>
    [JsonPropertyName("interval_level")] public required double IntervalLevel { get; init; }
    /// <summary>Of the program. (text; since 0.1.0)</summary>
    [JsonPropertyName("version")] public required string Version { get; init; }
    /// <summary>By id. (list; since 0.1.0)</summary>
    [JsonPropertyName("products")] public required IReadOnlyList<IndexEntry> Products { get; init; }
    /// <summary>Within one version keys are only added. (number; since 0.1.0)</summary>
    [JsonPropertyName("schema_version")] public required long SchemaVersion { get; init; }
    /// <summary>Of the run; the same in each of its documents, in its metadata and in its index. (UUID; since 0.1.0)</summary>
    [JsonPropertyName("run_id")] public required string RunId { get; init; }
    /// <summary>Day on which calendar weeks begin, the first of which is what is left of one; missing where weeks are counted from the origin. (day of the week; since 0.1.0)</summary>
    [JsonPropertyName("week_starts_on")] public string? WeekStartsOn { get; init; }
}
