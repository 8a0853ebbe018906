"""What exports to PostgreSQL are measured against: the same rows, copied by PostgreSQL's own client."""

from benchmarks.database import LONG_TABLES, copy_again
from tests.support import postgresql_server
from tests.support.command_line import riskengine
from tests.support.star_runs import write_batch


def test_the_rows_copied_again_are_those_of_the_export(tmp_path):
    write_batch(tmp_path / "results", 2)
    place = postgresql_server.address(tmp_path)
    assert riskengine("export", "results", "--to", place, cwd=tmp_path).returncode == 0
    schema = postgresql_server.schema_of(tmp_path)
    count, seconds = copy_again(schema, tmp_path)
    assert seconds > 0
    total = 0
    for table in LONG_TABLES:
        pair = f"{schema}.{table}", f"{schema}.copy_of_{table}"
        total += int(postgresql_server.psql(f"SELECT count(*) FROM {pair[1]}"))
        assert postgresql_server.psql(f"TABLE {pair[0]} EXCEPT ALL TABLE {pair[1]}") == ""
    assert count == total > 0
