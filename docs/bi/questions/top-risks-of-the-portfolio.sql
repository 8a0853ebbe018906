-- Which risks add most to the P80 of their projects, at the latest status of each? Ranked by days, then by money.
SELECT R.project, R.scenario_key, D.risk, D.name, D.probability, F.days_p80, F.days_p80_ci_low, F.days_p80_ci_high,
       F.cost_p80, F.cost_p80_ci_low, F.cost_p80_ci_high, R.currency
FROM dim_run AS R
JOIN dim_risk AS D ON D.run_key = R.run_key
JOIN fact_risk AS F ON F.run_key = R.run_key AND F.risk = D.risk
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
  AND (F.days_p80 IS NOT NULL OR F.cost_p80 IS NOT NULL)
ORDER BY COALESCE(F.days_p80, 0) DESC, COALESCE(F.cost_p80, 0) DESC, R.scenario_key, D.risk
LIMIT 20
