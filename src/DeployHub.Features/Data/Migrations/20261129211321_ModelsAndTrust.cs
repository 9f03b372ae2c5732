using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class ModelsAndTrust : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "fail_at",
                table: "runs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "made_to_fail_at",
                table: "runs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "owed_from",
                table: "runs",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "questions",
                table: "runs",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");

            migrationBuilder.AddColumn<int>(
                name: "current_number",
                table: "models",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateOnly>(
                name: "review_by",
                table: "models",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));
            migrationBuilder.Sql("update models set review_by = (created_at + interval '12 months')::date, current_number = coalesce((select max(number) from model_versions where model_id = models.id), 0);");

            migrationBuilder.AlterColumn<string>(
                name: "content",
                table: "model_versions",
                type: "jsonb",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AddColumn<string>(
                name: "approval",
                table: "model_versions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "basis",
                table: "model_versions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deprecated_at",
                table: "model_versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "edited_at",
                table: "model_versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "editors",
                table: "model_versions",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "intent",
                table: "model_versions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "publication",
                table: "model_versions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rehearsals",
                table: "model_versions",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<bool>(
                name: "was_suspended",
                table: "model_versions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "migration",
                table: "deployments",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "target_snapshots",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    moment = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    digest = table.Column<string>(type: "character varying(71)", maxLength: 71, nullable: false),
                    count = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_target_snapshots", x => new { x.run_id, x.target_id, x.moment });
                    table.ForeignKey(
                        name: "fk_target_snapshots_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_target_snapshots_targets_target_id",
                        column: x => x.target_id,
                        principalTable: "targets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "trust_policies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    versions = table.Column<string>(type: "jsonb", nullable: false),
                    withdrawal_reason = table.Column<string>(type: "text", nullable: true),
                    withdrawn_by = table.Column<string>(type: "jsonb", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trust_policies", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_runs_owed",
                table: "runs",
                column: "owed_from",
                filter: "owed_from is not null");

            migrationBuilder.CreateIndex(
                name: "ix_target_snapshots_target_id",
                table: "target_snapshots",
                column: "target_id");

            migrationBuilder.CreateIndex(
                name: "ux_trust_policies_key",
                table: "trust_policies",
                column: "key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "target_snapshots");

            migrationBuilder.DropTable(
                name: "trust_policies");

            migrationBuilder.DropIndex(
                name: "ix_runs_owed",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "fail_at",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "made_to_fail_at",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "owed_from",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "questions",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "current_number",
                table: "models");

            migrationBuilder.DropColumn(
                name: "review_by",
                table: "models");

            migrationBuilder.DropColumn(
                name: "approval",
                table: "model_versions");

            migrationBuilder.DropColumn(
                name: "basis",
                table: "model_versions");

            migrationBuilder.DropColumn(
                name: "deprecated_at",
                table: "model_versions");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "model_versions");

            migrationBuilder.DropColumn(
                name: "editors",
                table: "model_versions");

            migrationBuilder.DropColumn(
                name: "intent",
                table: "model_versions");

            migrationBuilder.DropColumn(
                name: "publication",
                table: "model_versions");

            migrationBuilder.DropColumn(
                name: "rehearsals",
                table: "model_versions");

            migrationBuilder.DropColumn(
                name: "was_suspended",
                table: "model_versions");

            migrationBuilder.DropColumn(
                name: "migration",
                table: "deployments");

            migrationBuilder.AlterColumn<string>(
                name: "content",
                table: "model_versions",
                type: "jsonb",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "jsonb",
                oldNullable: true);
        }
    }
}
