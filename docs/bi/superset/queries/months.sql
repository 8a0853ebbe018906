-- One row for each run and month: what the project spends in it, and until its end.
SELECT R.run_key, R.scenario_key, R.project, R.status_date, L.status_date = R.status_date AS is_latest, F.month_start,
       F.deterministic_cost, F.cost_mean, F.deterministic_cumulative, F.cumulative_p10, F.cumulative_p50,
       F.cumulative_p80, R.currency
FROM dim_run AS R
JOIN (SELECT scenario_key, MAX(status_date) AS status_date FROM dim_run GROUP BY scenario_key) AS L
    ON L.scenario_key = R.scenario_key
JOIN fact_cost_period AS F ON F.run_key = R.run_key AND F.scope = 'project'
