-- Which plans have findings that would mislead their risk run, at the latest status, and how many tasks are behind them?
SELECT R.project, R.scenario_key, F.code, F.title, F.words, F.count AS behind_it
FROM dim_run AS R
JOIN fact_health_finding AS F ON F.run_key = R.run_key AND F.level = 'warning'
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
ORDER BY F.count DESC, R.scenario_key, F.code
