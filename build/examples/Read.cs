// What is expected of a product, read from Redis: REDIS=127.0.0.1:6379 dotnet run 12345 (.NET 8, package StackExchange.Redis)
using System.Globalization;
using System.Text.Json;
using Forecasts;
using StackExchange.Redis;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var redis = ConnectionMultiplexer.Connect(Environment.GetEnvironmentVariable("REDIS") ?? "127.0.0.1:6379");
var texts = redis.GetDatabase().StringGet(new RedisKey[] { $"forecast:{args[0]}", "forecast:metadata:last_run" });
var document = texts[0].IsNull ? null : JsonSerializer.Deserialize<ForecastDocument>(texts[0].ToString());
var lastRun = texts[1].IsNull ? null : JsonSerializer.Deserialize<RunMetadata>(texts[1].ToString());
if (document?.SchemaVersion != 1) throw new Exception("no forecast of this product, or one that this does not understand");

var metadata = document.ModelMetadata;
var isStale = lastRun != null && string.CompareOrdinal(metadata.GeneratedAt, lastRun.LastRun) < 0;
Console.WriteLine($"{document.ProductName ?? document.ProductId} as of {document.AsOfDate}{(isStale ? ", stale" : "")}");
foreach (var week in document.Predictions)
    Console.WriteLine($"{week.WeekStart} {week.PredictedQuantity} ({week.ConfidenceLower} to {week.ConfidenceUpper})");
Console.WriteLine($"total {document.Summary.TotalPredictedQuantity}");
Console.WriteLine($"accuracy {metadata.ForecastAccuracyEstimate?.ToString() ?? "not known"}");
