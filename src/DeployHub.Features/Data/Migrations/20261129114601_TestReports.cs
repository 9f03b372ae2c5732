using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class TestReports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "test_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    digest = table.Column<string>(type: "character varying(71)", maxLength: 71, nullable: false),
                    suite = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    results = table.Column<string>(type: "jsonb", nullable: false),
                    ran_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    link = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    document = table.Column<string>(type: "character varying(71)", maxLength: 71, nullable: true),
                    reported_by = table.Column<string>(type: "jsonb", nullable: false),
                    reported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_test_reports", x => x.id);
                    table.ForeignKey(
                        name: "fk_test_reports_component_versions_version_id",
                        column: x => x.version_id,
                        principalTable: "component_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_test_reports_version_id_suite_ran_at",
                table: "test_reports",
                columns: new[] { "version_id", "suite", "ran_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "test_reports");
        }
    }
}
