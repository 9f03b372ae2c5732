using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DeployHub.Features.Data.SqlMigrations;

/// <summary>Finds deployments by the incident that their plans name, which EF cannot say as an index.</summary>
[DbContext(typeof(DeployHubDb))]
[Migration("30000101000006_NamedIncidents")]
internal sealed class NamedIncidents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("create index ix_deployments_incident on deployments (upper(plan ->> 'incident')) where plan ->> 'incident' is not null;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop index ix_deployments_incident;");
}
