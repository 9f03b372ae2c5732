using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class ModelLifecycle : Migration
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
                name: "review_by",
                table: "models",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));
            migrationBuilder.Sql("update models set review_by = (created_at + interval '12 months')::date");

            migrationBuilder.AddColumn<int>(
                name: "current_number",
                table: "models",
                type: "integer",
                nullable: false,
                defaultValue: 0);
            migrationBuilder.Sql("update models set current_number = coalesce((select max(number) from model_versions where model_id = models.id), 0)");

            migrationBuilder.AddColumn<bool>(
                name: "was_suspended",
                table: "model_versions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

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

            migrationBuilder.AddColumn<string>(
                name: "migration",
                table: "deployments",
                type: "jsonb",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "fail_at",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "made_to_fail_at",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "review_by",
                table: "models");

            migrationBuilder.DropColumn(
                name: "current_number",
                table: "models");

            migrationBuilder.DropColumn(
                name: "was_suspended",
                table: "model_versions");

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
