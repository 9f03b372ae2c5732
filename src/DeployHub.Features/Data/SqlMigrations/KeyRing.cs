using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DeployHub.Features.Data.SqlMigrations;

/// <summary>The keys that sign cookies and form tokens: every web node reads the same ones, so that people may meet any of them.</summary>
[DbContext(typeof(DeployHubDb))]
[Migration("30000101000001_KeyRing")]
internal sealed class KeyRing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("create table key_ring (name text primary key, xml text not null)");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table key_ring");
}
