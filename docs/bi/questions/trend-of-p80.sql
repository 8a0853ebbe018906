-- How did the P80 finish move from status to status? Days count from the start of the project at every status.
SELECT R.scenario_key, R.status_date, F.date AS finish_p80, F.value AS finish_days_p80,
       F.value - LAG(F.value) OVER (PARTITION BY R.scenario_key ORDER BY R.status_date) AS days_since_last_status,
       R.decision
FROM dim_run AS R
JOIN fact_percentile AS F
    ON F.run_key = R.run_key AND F.target = 'project' AND F.measure = 'finish' AND F.percentile = 80
ORDER BY R.scenario_key, R.status_date
