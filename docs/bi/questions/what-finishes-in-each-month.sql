-- Which tasks have their P80 finish in which month, by team: what a team hands over when, and how far that may move?
SELECT M.year_month, T.team, R.scenario_key, T.task, T.name, T.deterministic_finish_date AS plan, F.finish_p10, F.finish_p50,
       F.finish_p80, F.finish_p90
FROM dim_run AS R
JOIN dim_task AS T ON T.run_key = R.run_key
JOIN fact_task AS F ON F.run_key = R.run_key AND F.task = T.task
JOIN dim_date AS M ON M.date = F.finish_p80_date
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
ORDER BY M.year_month, T.team, F.finish_p80, R.scenario_key, T.task
