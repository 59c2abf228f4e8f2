# What is expected of a product, read from Redis: REDIS_URL=redis://127.0.0.1:6379 python3 read.py 12345
import json, os, sys
import redis
from forecast_types import ForecastDocument, RunMetadata

client = redis.Redis.from_url(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379"))
texts = client.mget(f"forecast:{sys.argv[1]}", "forecast:metadata:last_run")
document: ForecastDocument | None = json.loads(texts[0] or "null")
last_run: RunMetadata | None = json.loads(texts[1] or "null")
if document is None or document.get("schema_version") != 1:
    sys.exit("no forecast of this product, or one that this does not understand")

metadata = document["model_metadata"]
stale = ", stale" if last_run and metadata["generated_at"] < last_run["last_run"] else ""
print(document.get("product_name", document["product_id"]), f"as of {document['as_of_date']}{stale}")
for week in document["predictions"]:
    print(week["week_start"], week["predicted_quantity"], f"({week['confidence_lower']} to {week['confidence_upper']})")
print("total", document["summary"]["total_predicted_quantity"])
accuracy = metadata["forecast_accuracy_estimate"]
print("accuracy", "not known" if accuracy is None else accuracy)
