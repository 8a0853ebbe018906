-- One row for each run, measure and percentile of the project's finish and cost.
SELECT R.run_key, R.scenario_key, R.project, R.status_date, L.status_date = R.status_date AS is_latest, P.measure,
       P.percentile, P.percentile / 100 AS share, 'P' || CAST(CAST(P.percentile AS INTEGER) AS VARCHAR(3)) AS label,
       P.value, P.ci_low, P.ci_high, P.date, R.currency
FROM dim_run AS R
JOIN (SELECT scenario_key, MAX(status_date) AS status_date FROM dim_run GROUP BY scenario_key) AS L
    ON L.scenario_key = R.scenario_key
JOIN fact_percentile AS P ON P.run_key = R.run_key AND P.target = 'project'
WHERE P.value IS NOT NULL
