-- Which gates are not passed, and by how much is their chance below what was asked for, at the latest status?
SELECT R.project, R.scenario_key, G.gate, G.name, G.finish_date, G.cost, G.confidence, F.probability, F.ci_low, F.ci_high,
       G.confidence - F.probability AS shortfall, F.answer
FROM dim_run AS R
JOIN dim_gate AS G ON G.run_key = R.run_key
JOIN fact_gate AS F ON F.run_key = R.run_key AND F.gate = G.gate
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
  AND F.answer <> 'pass'
ORDER BY shortfall DESC, R.scenario_key, G.gate
