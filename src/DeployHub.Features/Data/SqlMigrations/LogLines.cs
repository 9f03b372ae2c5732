using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DeployHub.Features.Data.SqlMigrations;

/// <summary>
/// What no mapping describes: log lines in monthly partitions, and the trigger that tells open pages that a run changed. The payload of
/// <c>deployhub_live</c> is the run's identifier; listeners read from where they are.
/// </summary>
[DbContext(typeof(DeployHubDb))]
[Migration("30000101000000_LogLines")]
internal sealed class LogLines : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table log_lines (
            id bigint generated always as identity,
            run_id uuid not null,
            target_run_id uuid not null,
            step smallint not null,
            attempt smallint not null,
            at timestamptz not null,
            stream smallint not null,
            text text not null
        ) partition by range (at);
        create index ix_log_lines_run on log_lines (run_id, id);
        create table log_lines_other partition of log_lines default;

        create function make_log_partition(month date) returns void language plpgsql as $$
        begin
            execute format('create table if not exists log_lines_%s partition of log_lines for values from (%L) to (%L)',
                to_char(month, 'YYYYMM'), date_trunc('month', month), date_trunc('month', month) + interval '1 month');
        end $$;
        select make_log_partition((now() + make_interval(months => ahead))::date) from generate_series(0, 24) as ahead;

        create function tell_live() returns trigger language plpgsql as $$
        begin
            perform pg_notify('deployhub_live', new.id::text);
            return null;
        end $$;
        create trigger tell_live after insert or update on runs for each row execute function tell_live();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop trigger tell_live on runs;
        drop function tell_live();
        drop table log_lines;
        drop function make_log_partition(date);
        """);
}
