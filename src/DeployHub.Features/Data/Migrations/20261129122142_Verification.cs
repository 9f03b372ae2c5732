using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class Verification : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "desired_at",
                table: "observed_versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "desired_by",
                table: "observed_versions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "desired_version_id",
                table: "observed_versions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "was_accepted",
                table: "observed_versions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "watch",
                table: "environments",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "region",
                table: "definitive_stores",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "drift_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    expected = table.Column<string>(type: "text", nullable: true),
                    desired = table.Column<string>(type: "text", nullable: false),
                    observed = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    detected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_by = table.Column<string>(type: "text", nullable: false),
                    ignored_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    history = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_drift_items", x => x.id);
                    table.ForeignKey(
                        name: "fk_drift_items_targets_target_id",
                        column: x => x.target_id,
                        principalTable: "targets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "drift_scans",
                columns: table => new
                {
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<int>(type: "integer", nullable: false),
                    looked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_drift_scans", x => x.target_id);
                    table.ForeignKey(
                        name: "fk_drift_scans_targets_target_id",
                        column: x => x.target_id,
                        principalTable: "targets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "target_baselines",
                columns: table => new
                {
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_target_baselines", x => x.target_id);
                    table.ForeignKey(
                        name: "fk_target_baselines_targets_target_id",
                        column: x => x.target_id,
                        principalTable: "targets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

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

            migrationBuilder.CreateTable(
                name: "trusted_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    public_key = table.Column<string>(type: "text", nullable: false),
                    fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    services = table.Column<string>(type: "jsonb", nullable: false),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    registered_by = table.Column<string>(type: "jsonb", nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revocation_reason = table.Column<string>(type: "text", nullable: true),
                    revoked_by = table.Column<string>(type: "jsonb", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trusted_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "vulnerabilities",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    modified = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    aliases = table.Column<string>(type: "jsonb", nullable: false),
                    summary = table.Column<string>(type: "character varying(510)", maxLength: 510, nullable: false),
                    severity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    score = table.Column<decimal>(type: "numeric(3,1)", precision: 3, scale: 1, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vulnerabilities", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "vulnerability_lists",
                columns: table => new
                {
                    ecosystem = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    imported_by = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vulnerability_lists", x => x.ecosystem);
                });

            migrationBuilder.CreateTable(
                name: "vulnerable_packages",
                columns: table => new
                {
                    vulnerability_id = table.Column<string>(type: "character varying(100)", nullable: false),
                    ecosystem = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    affected = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vulnerable_packages", x => new { x.ecosystem, x.name, x.vulnerability_id });
                    table.ForeignKey(
                        name: "fk_vulnerable_packages_vulnerabilities_vulnerability_id",
                        column: x => x.vulnerability_id,
                        principalTable: "vulnerabilities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ux_drift_items_open",
                table: "drift_items",
                columns: new[] { "target_id", "subject" },
                unique: true,
                filter: "status in ('Detected', 'Confirmed')");

            migrationBuilder.CreateIndex(
                name: "ix_test_reports_version_id_suite_ran_at",
                table: "test_reports",
                columns: new[] { "version_id", "suite", "ran_at" });

            migrationBuilder.CreateIndex(
                name: "ux_trusted_keys_key",
                table: "trusted_keys",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_vulnerable_packages_vulnerability_id",
                table: "vulnerable_packages",
                column: "vulnerability_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "drift_items");

            migrationBuilder.DropTable(
                name: "drift_scans");

            migrationBuilder.DropTable(
                name: "target_baselines");

            migrationBuilder.DropTable(
                name: "test_reports");

            migrationBuilder.DropTable(
                name: "trusted_keys");

            migrationBuilder.DropTable(
                name: "vulnerability_lists");

            migrationBuilder.DropTable(
                name: "vulnerable_packages");

            migrationBuilder.DropTable(
                name: "vulnerabilities");

            migrationBuilder.DropColumn(
                name: "desired_at",
                table: "observed_versions");

            migrationBuilder.DropColumn(
                name: "desired_by",
                table: "observed_versions");

            migrationBuilder.DropColumn(
                name: "desired_version_id",
                table: "observed_versions");

            migrationBuilder.DropColumn(
                name: "was_accepted",
                table: "observed_versions");

            migrationBuilder.DropColumn(
                name: "watch",
                table: "environments");

            migrationBuilder.DropColumn(
                name: "region",
                table: "definitive_stores");
        }
    }
}
