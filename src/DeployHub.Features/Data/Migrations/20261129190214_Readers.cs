using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class Readers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_runs_owed",
                table: "runs",
                column: "owed_from",
                filter: "owed_from is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_runs_owed",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "owed_from",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "questions",
                table: "runs");
        }
    }
}
