-- Whose is the contingency of finish and cost: which risks does it stand for, and which part is of no risk alone? The rows of
-- a measure add up to it. For runs whose folders were asked to keep that: riskengine contingency results/plan --keep.
SELECT R.project, R.scenario_key, P.measure, P.confidence, P.kind, P.key AS risk, P.name, P.value, P.value_ci_low,
       P.value_ci_high, R.currency
FROM dim_run AS R
JOIN fact_contingency_part AS P ON P.run_key = R.run_key AND P.kind IN ('risk', 'together')
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
ORDER BY R.project, R.scenario_key, P.measure DESC, P.value DESC, P.number
