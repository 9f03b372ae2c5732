using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class IncidentsAndControls : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "replayed_at",
                table: "deliveries",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "incident",
                table: "deployments",
                type: "text",
                nullable: true,
                computedColumnSql: "upper(plan ->> 'incident')",
                stored: true);

            migrationBuilder.CreateTable(
                name: "control_exceptions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    control = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sentence = table.Column<string>(type: "text", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    mended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    mending = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_control_exceptions", x => x.id);
                    table.ForeignKey(
                        name: "fk_control_exceptions_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    source = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    severity = table.Column<int>(type: "integer", nullable: false),
                    service_id = table.Column<Guid>(type: "uuid", nullable: false),
                    environment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_by = table.Column<string>(type: "jsonb", nullable: true),
                    address = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    reported_by = table.Column<string>(type: "jsonb", nullable: false),
                    reported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_undecided = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incidents", x => x.id);
                    table.ForeignKey(
                        name: "fk_incidents_environments_environment_id",
                        column: x => x.environment_id,
                        principalTable: "environments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incidents_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "incident_links",
                columns: table => new
                {
                    incident_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attribution = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    is_by_hand = table.Column<bool>(type: "boolean", nullable: false),
                    reminded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    history = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident_links", x => new { x.incident_id, x.deployment_id });
                    table.ForeignKey(
                        name: "fk_incident_links_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incident_links_incidents_incident_id",
                        column: x => x.incident_id,
                        principalTable: "incidents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_deployments_incident",
                table: "deployments",
                column: "incident",
                filter: "incident is not null");

            migrationBuilder.CreateIndex(
                name: "ix_control_exceptions_control_number",
                table: "control_exceptions",
                columns: new[] { "control", "number" });

            migrationBuilder.CreateIndex(
                name: "ux_control_exceptions_deployment",
                table: "control_exceptions",
                columns: new[] { "deployment_id", "control" },
                unique: true,
                filter: "deployment_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_control_exceptions_number",
                table: "control_exceptions",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_control_exceptions_open",
                table: "control_exceptions",
                column: "control",
                unique: true,
                filter: "deployment_id is null and mended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_incident_links_deployment_id",
                table: "incident_links",
                column: "deployment_id");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_environment_id",
                table: "incidents",
                column: "environment_id");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_is_undecided_started_at_id",
                table: "incidents",
                columns: new[] { "is_undecided", "started_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_service_id_started_at",
                table: "incidents",
                columns: new[] { "service_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_started_at",
                table: "incidents",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ux_incidents_reference",
                table: "incidents",
                columns: new[] { "reference", "source" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "control_exceptions");

            migrationBuilder.DropTable(
                name: "incident_links");

            migrationBuilder.DropTable(
                name: "incidents");

            migrationBuilder.DropIndex(
                name: "ix_deployments_incident",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "incident",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "replayed_at",
                table: "deliveries");
        }
    }
}
