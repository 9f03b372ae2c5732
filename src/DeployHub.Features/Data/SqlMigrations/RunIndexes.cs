using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DeployHub.Features.Data.SqlMigrations;

/// <summary>Runs are asked for by their names, and their logs by target.</summary>
[DbContext(typeof(DeployHubDb))]
[Migration("30000101000002_RunIndexes")]
internal sealed class RunIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create index ix_runs_name on runs (name);
        create index ix_log_lines_target_run on log_lines (target_run_id, id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop index ix_log_lines_target_run; drop index ix_runs_name;");
}
