using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class MoreVerification : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "unmanaged_id",
                table: "drift_items",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "dependencies",
                table: "component_versions",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");

            migrationBuilder.CreateTable(
                name: "dry_verifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    asked_by = table.Column<string>(type: "jsonb", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dry_verifications", x => x.id);
                    table.ForeignKey(
                        name: "fk_dry_verifications_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "unmanaged_deployments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    environment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    component_id = table.Column<Guid>(type: "uuid", nullable: false),
                    observed = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    explanation = table.Column<string>(type: "jsonb", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unmanaged_deployments", x => x.id);
                    table.ForeignKey(
                        name: "fk_unmanaged_deployments_components_component_id",
                        column: x => x.component_id,
                        principalTable: "components",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unmanaged_deployments_environments_environment_id",
                        column: x => x.environment_id,
                        principalTable: "environments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "dry_looks",
                columns: table => new
                {
                    verification_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: true),
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    checks = table.Column<string>(type: "jsonb", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<int>(type: "integer", nullable: false),
                    worker = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dry_looks", x => new { x.verification_id, x.ordinal });
                    table.ForeignKey(
                        name: "fk_dry_looks_dry_verifications_verification_id",
                        column: x => x.verification_id,
                        principalTable: "dry_verifications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_drift_items_unmanaged_id",
                table: "drift_items",
                column: "unmanaged_id");

            migrationBuilder.CreateIndex(
                name: "ix_dry_looks_due",
                table: "dry_looks",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_dry_verifications_deployment_id",
                table: "dry_verifications",
                column: "deployment_id");

            migrationBuilder.CreateIndex(
                name: "ux_dry_verifications_name",
                table: "dry_verifications",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_unmanaged_deployments_component_id",
                table: "unmanaged_deployments",
                column: "component_id");

            migrationBuilder.CreateIndex(
                name: "ix_unmanaged_deployments_environment_id_status",
                table: "unmanaged_deployments",
                columns: new[] { "environment_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ux_unmanaged_deployments_number",
                table: "unmanaged_deployments",
                column: "number",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_drift_items_unmanaged_deployments_unmanaged_id",
                table: "drift_items",
                column: "unmanaged_id",
                principalTable: "unmanaged_deployments",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_drift_items_unmanaged_deployments_unmanaged_id",
                table: "drift_items");

            migrationBuilder.DropTable(
                name: "dry_looks");

            migrationBuilder.DropTable(
                name: "unmanaged_deployments");

            migrationBuilder.DropTable(
                name: "dry_verifications");

            migrationBuilder.DropIndex(
                name: "ix_drift_items_unmanaged_id",
                table: "drift_items");

            migrationBuilder.DropColumn(
                name: "unmanaged_id",
                table: "drift_items");

            migrationBuilder.DropColumn(
                name: "dependencies",
                table: "component_versions");
        }
    }
}
